import Glibc

/// Another program holds the lock of a replica's file, shorter or longer than anybody waits (fault F26).
struct LockedTrial: Trial {
  let name = "another writer that holds the lock of a replica"
  let promise = "a short lock is waited for; a long one is told as busy (75), and then nothing is there"
  let share = 2.0

  private static let patienceSeconds = 10.0

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let city = RealCity("bogota", stage)
    _ = try city.run(["init", "--member", city.name]).required()
    let writer = try ForeignWriter(city.folder + "/replica.db")
    try keepShort(city, writer, into: &result)
    try keepLong(city, writer, into: &result)
    var hits = 0
    for attempt in 0..<8 where hits == 0 {
      hits += try comeBetween(city, writer, EventRow("between-\(attempt)"), into: &result) ? 1 : 0
    }
    result.notes.append(
      hits > 0
        ? "the lock was taken once between an event's save and its telling" : "no lock fell behind a save")
  }

  private func add(_ row: EventRow) -> [String] { ["event", "add", "--when", "2027-01-01"] + row.words }

  /// A lock that goes away soon is waited for.
  private func keepShort(
    _ city: RealCity, _ writer: ForeignWriter, into result: inout TrialResult
  ) throws {
    result.rounds += 1
    guard writer.lock() else { throw TrialError("the replica cannot be locked") }
    let program = try city.start(add(EventRow("short")))
    usleep(800_000)
    result.expect(program.ending() == nil, "an event was added beside a lock")
    writer.unlock()
    result.expect(try program.finish().succeeded, "a lock of less than a second was not waited for")
  }

  /// A lock that stays is told, for writing and for reading.
  private func keepLong(
    _ city: RealCity, _ writer: ForeignWriter, into result: inout TrialResult
  ) throws {
    result.rounds += 1
    let before = try city.rows()
    guard writer.lock() else { throw TrialError("the replica cannot be locked") }
    let programs = try [add(EventRow("long")), ["event", "list"]].map { try city.start($0) }
    for program in programs {
      let run = try program.finish()
      result.expect(
        run.ending == .exited(75) && run.errors.contains("Another program is writing"),
        "locked: \(run.summary)")
      result.expect(run.seconds < Self.patienceSeconds, "\(run.seconds) s until the lock was told")
    }
    writer.unlock()
    result.expect(try city.rows() == before, "what was told as not done is there")
  }

  /// A lock that falls between the save and its telling; whether it did.
  private func comeBetween(
    _ city: RealCity, _ writer: ForeignWriter, _ row: EventRow, into result: inout TrialResult
  ) throws -> Bool {
    result.rounds += 1
    let program = try city.start(add(row))
    let life = ProgramLife(of: program, writing: city.journal)
    guard life.wait(for: .write) != nil, writer.lock() else { return false }
    let limit = Monotonic.seconds + Self.patienceSeconds
    while program.ending() == nil, Monotonic.seconds < limit { usleep(1_000) }
    writer.unlock()
    let run = try program.finish()
    let isThere = try city.rows().contains(row)
    result.expect(
      isThere == run.succeeded, "\(run.summary), and it is \(isThere ? "there" : "not there")")
    return run.seconds > 2
  }
}
