import Foundation

/// The part of the full-disk trial that is about the hub.
struct HubDiskPart {
  /// Room for the hub's journal to be as long as it gets before it goes into the file (4,000 pages).
  private static let kibibytes = 24_576
  /// What must be left for the end.
  private static let leastPages = 512

  /// What the hub has said that it did.
  private struct Told {
    var members: Set<String> = []
    var rows: Set<EventRow> = []
    var refused = 0
    var restarts = 0
  }

  /// `GET /v1/members`.
  private struct Members: Decodable {
    struct Member: Decodable {
      let member: String
    }

    let members: [Member]
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    guard let disk = try SmallDisk("small-hub", kibibytes: Self.kibibytes, on: stage) else {
      result.skipped = FullDiskTrial.whyNot
      return
    }
    let hub = try RealHub(stage, folder: disk.path + "/hub")
    let city = RealCity("tallinn", stage)
    try city.join(hub)
    var told = Told()
    told.members = [city.name]
    var log = HubLogView()
    var (turn, syncs) = (0, 0)
    var waiting = try send(city, &told, 0)
    while (!deadline.isOver || turn < 12) && disk.spare > Self.leastPages {
      result.rounds += 1
      turn += 1
      try disk.leave(pages: turn % 12)
      try write(hub, &told, round: turn, into: &result)
      if let run = try ended(waiting, into: &result) {
        syncs += run.succeeded ? 0 : 1
        waiting = try send(city, &told, turn)
      }
      try read(hub, told, &log, into: &result)
      if turn % 4 == 3 {
        try disk.leave(pages: turn / 4 % 3)
        told.restarts += try restart(hub, disk, into: &result) ? 1 : 0
        try read(hub, told, &log, into: &result)
      }
    }
    disk.free()
    _ = try waiting.kill()
    try settle(city, hub, told, &log, into: &result)
    result.notes.append(
      "under the hub: \(told.refused) writes refused, \(told.members.count) done, "
        + "\(told.restarts) starts on the full disk itself, \(syncs) syncs sent away")
  }

  /// With room again everything is exchanged.
  private func settle(
    _ city: RealCity, _ hub: RealHub, _ told: Told, _ log: inout HubLogView, into result: inout TrialResult
  ) throws {
    try city.verify(hub, into: &result)
    result.expect(try city.rows() == told.rows, "the city does not show what it wrote")
    try read(hub, told, &log, into: &result)
    try log.check(hub.connection(), into: &result)
    result.expect(
      log.changes.count == told.rows.count, "the hub has \(log.changes.count) of \(told.rows.count)")
    result.expect(told.refused > 0, "the disk under the hub was never full")
  }

  /// The quickest write there is, again and again until the space is used up.
  private func write(_ hub: RealHub, _ told: inout Told, round: Int, into result: inout TrialResult) throws {
    let connection = try hub.connection()
    for index in 0..<20 {
      let name = "city-\(round)-\(index)"
      let answer = try connection.send("POST", "/v1/members", body: "{\"member\":\"\(name)\"}")
      if answer.status == 201 {
        told.members.insert(name)
        continue
      }
      told.refused += 1
      let text = String(decoding: answer.body, as: UTF8.self)
      result.expect(
        answer.status == 503 && text.contains("\"storage-failed\""), "a full disk: \(answer.status) \(text)")
      return
    }
  }

  /// A city that sends all the while; it asks several times before it gives up, which takes a while.
  private func send(_ city: RealCity, _ told: inout Told, _ turn: Int) throws -> ChildProgram {
    let row = EventRow("hub-\(turn)")
    try city.add(row)
    told.rows.insert(row)
    return try city.start(["sync"])
  }

  /// A sync that has ended got through, or was told that it could not.
  private func ended(_ sync: ChildProgram, into result: inout TrialResult) throws -> FinishedRun? {
    guard sync.ending() != nil else { return nil }
    let run = try sync.finish()
    result.expect(
      run.succeeded || (run.ending == .exited(75) && !run.errors.isEmpty), "a full hub: \(run.summary)")
    return run
  }

  /// Reading works on the full disk, and shows all that was told.
  private func read(_ hub: RealHub, _ told: Told, _ log: inout HubLogView, into result: inout TrialResult)
    throws
  {
    let connection = try hub.connection()
    let head = try connection.get("/v1/status", HubReport.self).head
    try log.readOn(connection)
    result.expect(head <= log.changes.count, "the log ends before its head \(head)")
    let members = Set(try connection.get("/v1/members", Members.self).members.map(\.member))
    result.expect(
      members == told.members, "not the members that were told, but \(members.count)")
  }

  /// Kills the hub on the full disk: it comes back, or says why not and comes back once there is room.
  private func restart(_ hub: RealHub, _ disk: SmallDisk, into result: inout TrialResult) throws -> Bool {
    if try hub.kill() { result.kills += 1 }
    let program = try hub.launch()
    if try hub.waitUntilServing(program) {
      result.expect(true, "")
      return true
    }
    let run = try program.finish()
    result.expect(
      run.ending == .exited(1) && run.errors.contains("full"), "a start on the full disk \(run.summary)")
    disk.free()
    try hub.start()
    return false
  }
}
