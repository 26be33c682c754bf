/// A disk that is really full, under a replica and under the hub (fault F7).
///
/// The disk is filled so far that a certain number of pages is free, each time another one, and something is
/// written: the space runs out at every write that a command makes.
struct FullDiskTrial: Trial {
  let name = "a really full disk under a replica and under the hub"
  let promise = "clear errors; told means there, untold means not; reading works; all drains once freed"
  let share = 4.0

  private static let kibibytes = 3_072
  static let whyNot = "no small file system can be mounted here; that needs root (CAP_SYS_ADMIN)"

  /// Those who take part.
  private struct Cast {
    let hub: RealHub
    let disk: SmallDisk
    /// On the small disk.
    let city: RealCity
    /// On a disk with room.
    let other: RealCity
    /// What the city has said that it saved, and all that there may be.
    var told: Set<EventRow> = []
    var possible: Set<EventRow> = []
    var refused: [Int] = []
    var done: [Int] = []
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    guard let disk = try SmallDisk("small", kibibytes: Self.kibibytes, on: stage) else {
      result.skipped = Self.whyNot
      return
    }
    let half = deadline.part(0.45)
    var cast = Cast(
      hub: try RealHub(stage), disk: disk, city: RealCity("bogota", stage, folder: disk.path + "/city"),
      other: RealCity("durban", stage))
    for city in [cast.city, cast.other] { try city.join(cast.hub) }
    var pages = PageSweep(draws: &draws)
    while !half.isOver || cast.refused.isEmpty {
      result.rounds += 1
      try round(&cast, &pages, into: &result)
      if result.rounds % 25 == 0 { try settle(&cast, into: &result) }
    }
    try settle(&cast, into: &result)
    result.notes.append(
      "under a replica: \(cast.refused.count) writes refused with \(Self.range(cast.refused)) pages free, "
        + "\(cast.done.count) done with \(Self.range(cast.done))")
    try HubDiskPart().play(on: stage, until: deadline, draws: &draws, into: &result)
  }

  static func range(_ pages: [Int]) -> String { "\(pages.min() ?? 0)–\(pages.max() ?? 0)" }

  /// One write on a disk that is nearly full: by turns an event, and a sync that brings some.
  private func round(_ cast: inout Cast, _ sweep: inout PageSweep, into result: inout TrialResult) throws {
    let (pages, row) = (sweep.next(), EventRow("\(result.rounds)"))
    let isSync = result.rounds % 3 == 0
    if isSync {
      cast.disk.free()
      try cast.other.add(row)
      try cast.other.sync(into: &result)
    }
    cast.possible.insert(row)
    try cast.disk.leave(pages: pages)
    let text = String(repeating: "Peace. ", count: 100 * (result.rounds % 20))
    let add = ["event", "add", "--when", "2027-01-01", "--description", text] + row.words
    let run = try cast.city.run(isSync ? ["sync"] : add)
    if run.acknowledged, !isSync { cast.told.insert(row) }
    if run.succeeded { cast.done.append(pages) } else { cast.refused.append(pages) }
    sweep.learn(pages, worked: run.succeeded)
    judge(run, into: &result)
    try compare(cast, into: &result)
  }

  /// A command ends well, or says that the disk is full.
  private func judge(_ run: FinishedRun, into result: inout TrialResult) {
    guard !run.succeeded else { return result.expect(true, "") }
    result.expect(run.ending == .exited(1) && run.errors.contains("The disk is full"), run.summary)
    result.expect(run.output.isEmpty, "\(run.summary), but it printed: \(run.output)")
  }

  /// Reading works on the full disk, and shows all that was told and nothing that nobody wrote.
  private func compare(_ cast: Cast, into result: inout TrialResult) throws {
    let run = try cast.city.run(["event", "list", "--all", "--json"])
    result.expect(run.succeeded, "reading on a full disk: \(run.summary)")
    guard run.succeeded else { return }
    let rows = Set(try run.json([EventDocument].self).map(\.row))
    result.expect(cast.told.isSubset(of: rows), "\(cast.told.subtracting(rows).count) told events are gone")
    result.expect(rows.isSubset(of: cast.possible), "there are events that nobody wrote")
  }

  /// With room again everything is exchanged, and what was refused is nowhere.
  private func settle(_ cast: inout Cast, into result: inout TrialResult) throws {
    cast.disk.free()
    for city in [cast.city, cast.other, cast.city] { try city.verify(cast.hub, into: &result) }
    let rows = try cast.city.rows()
    result.expect(try cast.other.rows() == rows, "the cities differ once there is room again")
    try compare(cast, into: &result)
    var log = HubLogView()
    let connection = try cast.hub.connection()
    try log.readOn(connection)
    try log.check(connection, into: &result)
    result.expect(
      log.changes.count == rows.count, "the hub has \(log.changes.count) changes of \(rows.count)")
  }
}
