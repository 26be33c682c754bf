import Foundation

/// A replica that a real `pioc` works on.
final class RealCity {
  let name: String
  /// Where the replica is.
  let folder: String
  private let stage: TrialStage

  /// A city; its replica is made when it joins.
  init(_ name: String, _ stage: TrialStage, folder: String? = nil) {
    self.name = name
    self.stage = stage
    self.folder = folder ?? stage.path(name)
  }

  /// The file that `pioc` writes to first; between two commands it is empty.
  var journal: String { folder + "/replica.db-journal" }

  /// Starts a command.
  func start(_ words: [String]) throws -> ChildProgram {
    try stage.start(stage.program("pioc"), words, environment: ["PIOC_DIR": folder])
  }

  /// Runs a command to its end.
  func run(_ words: [String], within seconds: Double = 60) throws -> FinishedRun {
    try start(words).finish(within: seconds)
  }

  /// Makes the replica and joins a hub, perhaps by another address than the hub's own.
  func join(_ hub: RealHub, by url: String? = nil) throws {
    _ = try stage.run(
      stage.program("pioc"), ["join", url ?? hub.url, "--member", name, "--invite", "-"],
      environment: ["PIOC_DIR": folder], input: try hub.invite(name)
    ).required()
  }

  /// Adds an event and insists on it.
  func add(_ row: EventRow) throws {
    _ = try run(["event", "add", "--when", "2027-01-01"] + row.words).required()
  }

  /// All events that it shows; one that is there twice is an error.
  func events() throws -> [EventDocument] {
    let documents = try run(["event", "list", "--all", "--json"]).required().json([EventDocument].self)
    guard Set(documents.map(\.id)).count == documents.count,
      Set(documents.map(\.row)).count == documents.count
    else { throw TrialError("\(name) shows an event twice") }
    return documents
  }

  /// All events that it shows.
  func rows() throws -> Set<EventRow> { Set(try events().map(\.row)) }

  func report() throws -> ReplicaReport {
    try run(["status", "--json"]).required().json(ReplicaReport.self)
  }

  /// Syncs, and checks that nothing out of the ordinary is told and nothing stays pending.
  func sync(into result: inout TrialResult) throws {
    let run = try run(["sync", "--json"])
    result.expect(run.succeeded, "\(name): \(run.summary)")
    guard run.succeeded else { return }
    check(try run.json(SyncReport.self), into: &result)
  }

  /// Checks what a sync that ended well has told.
  func check(_ report: SyncReport, into result: inout TrialResult) {
    result.expect(
      report.events.isEmpty, "\(name) was told '\(report.events.first?.event ?? "")': something is lost")
    result.expect(
      report.pending == 0 && report.refused == 0 && report.rejected == 0 && report.conflicts == 0,
      "\(name): \(report.pending) pending, \(report.refused) refused, \(report.conflicts) in conflict")
  }

  /// Syncs and compares digests with the hub; records that had to be mended are an error as well.
  func verify(_ hub: RealHub, into result: inout TrialResult) throws {
    try sync(into: &result)
    let run = try run(["verify", "--json"])
    result.expect(run.succeeded, "\(name): \(run.summary)")
    guard run.succeeded else { return }
    let verdict = try run.json(VerifyReport.self)
    result.expect(verdict.agrees, "\(name) does not agree with the hub")
    result.expect(verdict.differing.isEmpty, "\(name) differed in \(verdict.differing.count) records")
    let digest = try hub.report().digest
    result.expect(verdict.digest == digest, "\(name) has the digest \(verdict.digest), the hub \(digest)")
    let report = try report()
    result.expect(report.formerIds.isEmpty, "\(name) believed that it was forked")
    result.expect(
      !report.rebasing && report.rejected == 0, "\(name) is catching up, or was refused something")
  }
}
