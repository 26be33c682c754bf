import Foundation

/// `pioc-hub restore` on a disk that is really full.
///
/// At every page that it needs the space may run out, up to the last ones, which take what it wrote from its log into the
/// file.
struct RestoreDiskTrial: Trial {
  let name = "a backup put back on a really full disk"
  let promise = "refused with the hub as it was, or done; nothing is lost, and nothing left behind"
  let share = 1.5

  private static let kibibytes = 8_192
  private static let leastRounds = 40

  /// Those who take part, and what the hub has said.
  private struct Cast {
    let hub: RealHub
    let disk: SmallDisk
    let city: RealCity
    let backup: String
    var rows: Set<EventRow> = []
    var members: Set<String> = []
    var refused = 0
    var unemptied = 0
    var done = 0
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
    guard let disk = try SmallDisk("small-restore", kibibytes: Self.kibibytes, on: stage) else {
      result.skipped = FullDiskTrial.whyNot
      return
    }
    var cast = Cast(
      hub: try RealHub(stage, folder: disk.path + "/hub"), disk: disk, city: RealCity("tallinn", stage),
      backup: stage.path("backup.db"))
    try prepare(&cast, stage)
    var sweep = PageSweep(draws: &draws)
    while !deadline.isOver || result.rounds < Self.leastRounds {
      result.rounds += 1
      try round(&cast, &sweep, stage, into: &result)
    }
    result.expect(cast.done > 0, "no backup could be put back at all")
    result.expect(cast.unemptied > 0, "the log of a backup that was put back could always be emptied")
    result.notes.append(
      "putting back: \(cast.refused) refused, \(cast.unemptied) of them with the log alone left over, \(cast.done) done"
    )
  }

  /// A backup, and what has come to the hub since: the file that is made of both is larger than the backup.
  private func prepare(_ cast: inout Cast, _ stage: TrialStage) throws {
    try cast.city.join(cast.hub)
    try write(&cast, count: 5)
    let words = ["--data", cast.hub.folder, "backup", cast.backup]
    _ = try stage.run(stage.program("pioc-hub"), words).required()
    let connection = try cast.hub.connection()
    for index in 0..<400 {
      _ = try connection.send("POST", "/v1/members", body: "{\"member\":\"another-member-of-the-network-\(index)\"}")
    }
    try write(&cast, count: 5)
    cast.members = try members(cast.hub)
  }

  private func write(_ cast: inout Cast, count: Int) throws {
    for _ in 0..<count {
      let row = EventRow("restore-\(cast.rows.count)")
      try cast.city.add(row)
      cast.rows.insert(row)
    }
    _ = try cast.city.run(["sync"]).required()
  }

  /// The backup is put back with so many pages free.
  private func round(
    _ cast: inout Cast, _ sweep: inout PageSweep, _ stage: TrialStage, into result: inout TrialResult
  ) throws {
    let before = try cast.hub.report()
    result.expect(try cast.hub.stop() == .exited(0), "the hub does not stop")
    let size = try FileManager.default.attributesOfItem(atPath: cast.backup)[.size] as? Int ?? 0
    let pages = sweep.next()
    try cast.disk.leave(pages: size / 4_096 - 4 + pages)
    let run = try stage.run(stage.program("pioc-hub"), ["--data", cast.hub.folder, "restore", cast.backup])
    cast.disk.free()
    sweep.learn(pages, worked: run.succeeded)
    try tidy(cast, into: &result)
    try cast.hub.start()
    let after = try cast.hub.report()
    if run.succeeded {
      cast.done += 1
      result.expect(after.head < before.head, "\(run.summary), but the hub is still at \(after.head)")
    } else {
      cast.refused += 1
      if run.errors.contains("hub.db.restoring cannot be written") { cast.unemptied += 1 }
      result.expect(run.ending == .exited(1) && !run.errors.isEmpty && run.output.isEmpty, run.summary)
      result.expect(
        after.head == before.head && after.digest == before.digest, "\(run.summary), but the hub is another")
    }
    result.expect(try members(cast.hub) == cast.members, "the hub has other members after: \(run.summary)")
    // A city whose hub was put back offers again what it wrote since.
    _ = try cast.city.run(["sync"]).required()
    try cast.city.verify(cast.hub, into: &result)
    result.expect(try cast.city.rows() == cast.rows, "the city shows other events after: \(run.summary)")
    if run.succeeded { try write(&cast, count: 1) }
  }

  /// Nothing lies about but the files that were replaced, which go: they would fill the disk.
  private func tidy(_ cast: Cast, into result: inout TrialResult) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: cast.hub.folder) {
      result.expect(!name.contains("restoring"), "\(name) was left behind")
      guard name.contains("replaced") else { continue }
      try FileManager.default.removeItem(atPath: cast.hub.folder + "/" + name)
    }
  }

  private func members(_ hub: RealHub) throws -> Set<String> {
    Set(try hub.connection().get("/v1/members", Members.self).members.map(\.member))
  }
}
