/// `kill -9` of the commands that write locally, at moments all over their lives (fault F1).
struct EditKillTrial: Trial {
  let name = "kill -9 of event add, set, rm and import"
  let promise = """
    told means there after the restart, untold means all or nothing; no number twice; verify and the hub agree
    """
  let share = 5.0

  private static let verbs = ["add", "set", "import", "rm", "add", "set"]
  private static let marks: [KillMoment.Mark] = [.write, .saved, .write, .told, .start]
  private static let roundsBetweenSyncs = 15

  /// What became of the runs of one verb.
  private struct Tally {
    var before = 0
    var saved = 0
    var told = 0
    var ended = 0
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage)
    let city = RealCity("bogota", stage)
    try city.join(hub)
    var sweeps: [String: KillSweep] = [:]
    var tallies: [String: Tally] = [:]
    var (documents, landed, unsent) = ([EventDocument](), 0, 0)
    var log = HubLogView()
    let verbs = Set(Self.verbs)
    for verb in verbs { sweeps[verb] = KillSweep(Self.marks, draws: &draws) }
    while !deadline.isOver {
      result.rounds += 1
      let verb = documents.isEmpty ? "add" : Self.verbs[result.rounds % Self.verbs.count]
      let edit = try edit(verb, result.rounds, documents, stage, &draws)
      let program = try city.start(edit.words)
      let ending = try sweeps[verb]?.strike(program, writing: city.journal)
      if ending == .killed(9) { result.kills += 1 }
      if draws.below(6) == 0 { try killReader(city, &draws, into: &result) }
      let (seen, before) = (try city.events(), Set(documents.map(\.row)))
      let isThere = judge(
        edit, try program.finish(), before: before, seen: Set(seen.map(\.row)), into: &result)
      count(ending, isThere, told: !program.output.isEmpty, &tallies[verb, default: Tally()])
      documents = seen
      if isThere { (landed, unsent) = (landed + edit.changes, unsent + edit.changes) }
      if result.rounds % Self.roundsBetweenSyncs == 0 || deadline.isOver {
        try settle(city, hub, &log, landed: landed, unsent: unsent, into: &result)
        unsent = 0
      }
    }
    result.notes += Self.words(tallies, sweeps)
  }

  /// The next command; `set` and `rm` take any record that is there.
  private func edit(
    _ verb: String, _ round: Int, _ documents: [EventDocument], _ stage: TrialStage, _ draws: inout Draws
  ) throws -> LocalEdit {
    let row = EventRow("\(round)")
    switch verb {
    case "add":
      return LocalEdit(
        words: ["event", "add", "--when", "2027-01-01", "--json"] + row.words, removed: [], added: [row],
        changes: 1)
    case "import":
      let batch = try EventBatch("\(round)", count: 6, on: stage)
      return LocalEdit(
        words: batch.words + ["--json"], removed: [], added: Set(batch.rows), changes: batch.rows.count)
    default:
      let old = documents[draws.below(documents.count)]
      return LocalEdit(
        words: ["event", verb, old.id, "--json"] + (verb == "set" ? row.words : []), removed: [old.row],
        added: verb == "set" ? [row] : [], changes: 1)
    }
  }

  /// A reader that finds an unfinished write undoes it; it may be killed while it does.
  private func killReader(_ city: RealCity, _ draws: inout Draws, into result: inout TrialResult) throws {
    let reader = try city.start(["event", "list"])
    let moment = KillMoment(mark: .write, microseconds: draws.fraction() * 500)
    let life = ProgramLife(of: reader, writing: city.journal)
    if try moment.strike(reader, in: life) == .killed(9) { result.kills += 1 }
  }

  /// Whether the edit is there; it must be if it was told, and it may not be there by half.
  private func judge(
    _ edit: LocalEdit, _ run: FinishedRun, before: Set<EventRow>, seen: Set<EventRow>,
    into result: inout TrialResult
  ) -> Bool {
    let after = edit.applied(to: before)
    if case .exited(let code) = run.ending { result.expect(code == 0, run.summary) }
    if run.acknowledged {
      result.expect(seen == after, "\(run.summary), it was told, and it is not there")
    } else {
      result.expect(seen == before || seen == after, "\(run.summary), and it is there by half, or more")
    }
    return seen == after
  }

  private func count(_ ending: ChildProgram.Ending?, _ isThere: Bool, told: Bool, _ tally: inout Tally) {
    switch (ending, isThere, told) {
    case (.exited, _, _): tally.ended += 1
    case (_, false, _): tally.before += 1
    case (_, true, false): tally.saved += 1
    case (_, true, true): tally.told += 1
    }
  }

  private func settle(
    _ city: RealCity, _ hub: RealHub, _ log: inout HubLogView, landed: Int, unsent: Int,
    into result: inout TrialResult
  ) throws {
    let pending = try city.report().pending
    result.expect(pending == unsent, "\(pending) changes are pending, \(unsent) were written")
    try city.verify(hub, into: &result)
    let connection = try hub.connection()
    try log.readOn(connection)
    try log.check(connection, into: &result)
    result.expect(log.changes.count == landed, "the hub has \(log.changes.count) of \(landed) changes")
  }

  private static func words(_ tallies: [String: Tally], _ sweeps: [String: KillSweep]) -> [String] {
    tallies.sorted { $0.key < $1.key }.map { verb, tally in
      let step = sweeps[verb]?.step ?? 0
      return "\(verb): \(tally.before) kills before the save, \(tally.saved) between save and telling, "
        + "\(tally.told) after telling, \(tally.ended) ended first; every \(step) µs from the first write on"
    }
  }
}
