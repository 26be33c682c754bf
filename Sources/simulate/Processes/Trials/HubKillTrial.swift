/// `kill -9` of `pioc-hub` while cities sync (fault F3).
struct HubKillTrial: Trial {
  let name = "kill -9 of pioc-hub while three cities sync"
  let promise = "a sync that ended well is in the log for good, batches are whole, digests agree at the end"
  let share = 6.0

  private static let killsInRound = 3

  /// A city, and how many changes it has written.
  private struct Writer {
    let city: RealCity
    let replica: String
    var written: [Int] = [0]

    var total: Int { written.last ?? 0 }
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage)
    var writers = try ["bogota", "durban", "tallinn"].map { name in
      let city = RealCity(name, stage)
      try city.join(hub)
      return Writer(city: city, replica: try city.report().replica)
    }
    var (log, rows, late) = (HubLogView(), Set<EventRow>(), 0)
    while !deadline.isOver {
      result.rounds += 1
      for index in writers.indices { try write(index, &writers, stage, &rows, round: result.rounds) }
      let syncs = try writers.map { try $0.city.start(["sync", "--json"]) }
      try strike(hub, syncs, writers, &draws, into: &result)
      // Every other round the attempts of those that wait to come back are not waited for.
      let runs = try syncs.map { sync in
        if result.rounds % 2 == 0 { _ = try sync.kill() }
        return try sync.finish()
      }
      try log.readOn(hub.connection())
      for (run, writer) in zip(runs, writers) where try !judge(run, writer, log, into: &result) { late += 1 }
    }
    for writer in writers + writers { try writer.city.sync(into: &result) }
    for writer in writers {
      try writer.city.verify(hub, into: &result)
      result.expect(try writer.city.rows() == rows, "\(writer.city.name) does not show what was written")
    }
    let connection = try hub.connection()
    try log.readOn(connection)
    try log.check(connection, into: &result)
    result.expect(log.changes.count == writers.map(\.total).reduce(0, +), "the log is not what was written")
    result.notes.append("\(late) syncs were cut off and came back in a later round")
  }

  /// New work for a city: sometimes one event, sometimes a batch.
  private func write(
    _ index: Int, _ writers: inout [Writer], _ stage: TrialStage, _ rows: inout Set<EventRow>, round: Int
  ) throws {
    let name = "\(writers[index].city.name)-\(round)"
    let batch = try EventBatch(name, count: (round + index) % 3 == 0 ? 60 : 1, on: stage)
    _ = try writers[index].city.run(batch.words).required()
    rows.formUnion(batch.rows)
    writers[index].written.append(writers[index].total + batch.rows.count)
  }

  /// Kills the hub a few times while the syncs run, each time at another kind of moment, and starts it again.
  private func strike(
    _ hub: RealHub, _ syncs: [ChildProgram], _ writers: [Writer], _ draws: inout Draws,
    into result: inout TrialResult
  ) throws {
    for kill in 0..<Self.killsInRound {
      let moments: [(file: String, mark: KillMoment.Mark, span: Double)] = [
        (hub.journal, .write, 6_000),
        // A city that writes has just been told that the hub has its changes.
        (writers[result.rounds % writers.count].city.journal, .write, 2_000),
        (hub.journal, .start, 80_000),
      ]
      let choice = moments[(result.rounds + kill) % moments.count]
      let moment = KillMoment(mark: choice.mark, microseconds: draws.fraction() * choice.span)
      let life = ProgramLife(writing: choice.file) { syncs.allSatisfy { $0.ending() != nil } }
      if try moment.wait(in: life) && hub.kill() {
        result.kills += 1
        try hub.start()
      }
    }
  }

  /// Whether a sync got through, and whether the log holds all that it has sent then.
  private func judge(
    _ run: FinishedRun, _ writer: Writer, _ log: HubLogView, into result: inout TrialResult
  ) throws -> Bool {
    let held = log.count(of: writer.replica)
    result.expect(writer.written.contains(held), "half a batch of \(writer.city.name): \(held)")
    guard run.succeeded else {
      result.expect(
        run.ending == .exited(75) || run.ending == .killed(9), "\(writer.city.name): \(run.summary)")
      return false
    }
    result.expect(held == writer.total, "\(writer.city.name) sent \(writer.total), the hub has \(held)")
    writer.city.check(try run.json(SyncReport.self), into: &result)
    return true
  }
}
