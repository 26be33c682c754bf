import Glibc

/// Several `pioc` at once on one replica, with syncs in between (fault F27).
struct WritersTrial: Trial {
  let name = "four writers and a sync at once on one replica"
  let promise = "each told event is there, untold ones are not, numbers are unique, nobody waits for ever"
  let share = 3.0

  private static let writers = 4
  private static let addsEach = 25

  /// A writer's work: what it is at, and how far it has come.
  private struct Writer {
    var program: ChildProgram?
    var row = EventRow("")
    var done = 0
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage)
    let city = RealCity("bogota", stage)
    try city.join(hub)
    var (told, busy, syncs, slowest) = (Set<EventRow>(), 0, 0, 0.0)
    repeat {
      result.rounds += 1
      var writers = [Writer](repeating: Writer(), count: Self.writers)
      var sync: ChildProgram? = try city.start(["sync"])
      while writers.contains(where: { $0.program != nil || $0.done < Self.addsEach }) {
        for index in writers.indices {
          if let run = try advance(&writers[index], index, city, round: result.rounds) {
            if run.succeeded { told.insert(writers[index].row) } else { busy += 1 }
            slowest = max(slowest, run.seconds)
            judge(run, into: &result)
          }
        }
        if let ended = sync, ended.ending() != nil {
          judge(try ended.finish(), into: &result)
          syncs += 1
          sync = try city.start(["sync"])
        }
        usleep(300)
      }
      if let sync { judge(try sync.finish(), into: &result) }
      try settle(city, hub, told, into: &result)
    } while !deadline.isOver
    result.notes.append(
      "\(told.count) events told, \(busy) refused as busy, \(syncs) syncs beside them, "
        + "slowest \(Int(slowest * 1000)) ms")
  }

  /// Lets a writer go on; what its last command came to, if that has just ended.
  private func advance(
    _ writer: inout Writer, _ index: Int, _ city: RealCity, round: Int
  ) throws -> FinishedRun? {
    if let program = writer.program {
      guard program.ending() != nil else {
        guard Monotonic.seconds < program.startedAt + 30 else {
          throw TrialError("a writer has waited for half a minute")
        }
        return nil
      }
      writer.program = nil
      return try program.finish()
    }
    guard writer.done < Self.addsEach else { return nil }
    writer.row = EventRow("\(round)-\(index)-\(writer.done)")
    writer.done += 1
    writer.program = try city.start(["event", "add", "--when", "2027-01-01"] + writer.row.words)
    return nil
  }

  /// A command ends well, or says clearly that another one is at work.
  private func judge(_ run: FinishedRun, into result: inout TrialResult) {
    if run.succeeded { return result.expect(true, "") }
    result.expect(
      run.ending == .exited(75) && run.errors.contains("Another program is writing"), run.summary)
    result.expect(run.output.isEmpty, "\(run.summary), but it printed: \(run.output)")
  }

  private func settle(
    _ city: RealCity, _ hub: RealHub, _ told: Set<EventRow>, into result: inout TrialResult
  ) throws {
    let rows = try city.rows()
    result.expect(told.isSubset(of: rows), "\(told.subtracting(rows).count) told events are gone")
    result.expect(rows.isSubset(of: told), "\(rows.subtracting(told).count) are there that were not told")
    try city.verify(hub, into: &result)
    var log = HubLogView()
    let connection = try hub.connection()
    try log.readOn(connection)
    try log.check(connection, into: &result)
    result.expect(
      log.changes.count == told.count, "the hub has \(log.changes.count) changes of \(told.count)")
  }
}
