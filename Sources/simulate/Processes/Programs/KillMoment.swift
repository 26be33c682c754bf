import Glibc

/// When a program is killed: so long after one of the marks in its life.
struct KillMoment {
  /// What the time is counted from.
  enum Mark: CaseIterable {
    /// Its start.
    case start
    /// The first write to its journal.
    case write
    /// The journal is empty again: a first transaction is through.
    case saved
    /// It has begun to print.
    case told
  }

  let mark: Mark
  let microseconds: Double

  /// Waits for the moment; `false` if the program ended before.
  func wait(in life: ProgramLife) -> Bool {
    guard let begin = life.wait(for: mark) else { return false }
    let moment = begin + microseconds / 1e6
    while moment - Monotonic.seconds > 0.002 {
      if life.isOver() { return false }
      usleep(500)
    }
    Monotonic.wait(until: moment)
    return !life.isOver()
  }

  /// Kills a program at this moment and says how it ended: by the kill, or before it by itself.
  func strike(_ program: ChildProgram, in life: ProgramLife) throws -> ChildProgram.Ending {
    _ = wait(in: life)
    return try program.kill()
  }
}
