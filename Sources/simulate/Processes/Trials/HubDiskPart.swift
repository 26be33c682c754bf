import Foundation

/// The part of the full-disk trial that is about the hub.
struct HubDiskPart {
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
    guard let disk = try SmallDisk("small-hub", kibibytes: FullDiskTrial.kibibytes, on: stage) else {
      result.skipped = FullDiskTrial.whyNot
      return
    }
    let hub = try RealHub(stage, folder: disk.path + "/hub")
    let city = RealCity("tallinn", stage)
    try city.join(hub)
    var told = Told()
    told.members = [city.name]
    var log = HubLogView()
    var turn = 0
    while !deadline.isOver || turn < 12 {
      result.rounds += 1
      turn += 1
      try disk.leave(pages: turn % 12)
      try write(hub, &told, round: turn, into: &result)
      // A city asks four times before it gives up, which takes a while.
      if turn % 50 == 5 { try sync(city, &told, round: turn, into: &result) }
      try read(hub, told, &log, into: &result)
      if turn % 4 == 3 {
        try disk.leave(pages: turn / 4 % 3)
        told.restarts += try restart(hub, disk, into: &result) ? 1 : 0
        try read(hub, told, &log, into: &result)
      }
    }
    disk.free()
    try city.verify(hub, into: &result)
    result.expect(try city.rows() == told.rows, "the city does not show what it wrote")
    try read(hub, told, &log, into: &result)
    try log.check(hub.connection(), into: &result)
    result.expect(log.changes.count == told.rows.count, "the hub has \(log.changes.count) of \(told.rows.count)")
    result.expect(told.refused > 0, "the disk under the hub was never full")
    result.notes.append(
      "under the hub: \(told.refused) writes refused, \(told.members.count) done, "
        + "\(told.restarts) starts on the full disk itself")
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
        answer.status == 503 && text.contains("\"storage-failed\""), "a full disk is told as \(answer.status) \(text)")
      return
    }
  }

  /// A city cannot send while the disk is full, is told so, and keeps what it has.
  private func sync(_ city: RealCity, _ told: inout Told, round: Int, into result: inout TrialResult) throws {
    let row = EventRow("hub-\(round)")
    try city.add(row)
    told.rows.insert(row)
    let run = try city.run(["sync"])
    guard !run.succeeded else { return }
    result.expect(run.ending == .exited(75) && !run.errors.isEmpty, run.summary)
  }

  /// Reading works on the full disk, and shows all that was told.
  private func read(_ hub: RealHub, _ told: Told, _ log: inout HubLogView, into result: inout TrialResult) throws {
    let connection = try hub.connection()
    try log.readOn(connection)
    let members = Set(try connection.get("/v1/members", Members.self).members.map(\.member))
    result.expect(
      members == told.members, "\(members.symmetricDifference(told.members).count) members more or less than told")
    result.expect(try connection.get("/v1/status", HubReport.self).head == log.changes.count, "the status is wrong")
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
      run.ending == .exited(1) && run.errors.contains("cannot start"), "on a full disk the hub \(run.summary)")
    disk.free()
    try hub.start()
    return false
  }
}
