/// `kill -9` of `pioc sync` while it pushes and while it pulls (faults F2 and F4).
struct SyncKillTrial: Trial {
  let name = "kill -9 of pioc sync"
  let promise = "each change once on the hub, batches and pages whole or not at all, the next sync drains all"
  let share = 5.0

  /// Few enough for one request and one page each, so that half of them is a fault.
  private static let sizes = [1, 40, 5, 12]
  private static let killsBetweenSyncs = 3

  /// Two cities, one of which writes what the other one gets.
  private struct Pair {
    let writer: RealCity
    let reader: RealCity
  }

  /// Where the kills fall.
  private struct Sweeps {
    /// Counted from what the sender writes.
    var sending: KillSweep
    /// Counted from what the hub writes, before the sender knows of it.
    var arriving: KillSweep
    var receiving: KillSweep

    init(draws: inout Draws) {
      sending = KillSweep(draws: &draws)
      arriving = KillSweep([.write], draws: &draws)
      receiving = KillSweep(draws: &draws)
    }
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage)
    let cities = [RealCity("bogota", stage), RealCity("durban", stage)]
    for city in cities { try city.join(hub) }
    var sweeps = Sweeps(draws: &draws)
    var (all, log) = (Set<EventRow>(), HubLogView())
    while !deadline.isOver {
      result.rounds += 1
      let pair = Pair(writer: cities[result.rounds % 2], reader: cities[(result.rounds + 1) % 2])
      let size = Self.sizes[result.rounds % Self.sizes.count]
      let batch = try EventBatch("\(result.rounds)", count: size, on: stage)
      _ = try pair.writer.run(batch.words).required()
      try push(batch, pair.writer, hub, all.count, &sweeps, &log, into: &result)
      let known = all
      all.formUnion(batch.rows)
      try pull(pair.reader, known: known, all: all, &sweeps.receiving, into: &result)
      if result.rounds % 6 == 0 || deadline.isOver {
        for city in cities {
          try city.verify(hub, into: &result)
          result.expect(try city.rows() == all, "\(city.name) does not show what was written")
        }
        let connection = try hub.connection()
        try log.readOn(connection)
        try log.check(connection, into: &result)
      }
    }
    result.notes.append(
      "a kill every \(sweeps.sending.step) µs of the sender's writing and every "
        + "\(sweeps.receiving.step) µs of the receiver's")
  }

  /// Sends a batch with syncs that are killed, until one has got through.
  private func push(
    _ batch: EventBatch, _ writer: RealCity, _ hub: RealHub, _ before: Int, _ sweeps: inout Sweeps,
    _ log: inout HubLogView, into result: inout TrialResult
  ) throws {
    let connection = try hub.connection()
    for turn in 0..<Self.killsBetweenSyncs {
      let ending =
        try turn == 1
        ? cutSync(writer, writing: hub.journal, &sweeps.arriving, into: &result)
        : cutSync(writer, writing: writer.journal, &sweeps.sending, into: &result)
      try log.readOn(connection)
      let taken = log.changes.count - before
      result.expect(
        taken == 0 || taken == batch.rows.count, "the hub took \(taken) of a batch of \(batch.rows.count)")
      if ending == .exited(0) {
        result.expect(
          taken == batch.rows.count, "the sync has ended well, but the hub has \(taken) of the batch")
      }
    }
    try writer.sync(into: &result)
    try log.readOn(connection)
    let taken = log.changes.count - before
    result.expect(taken == batch.rows.count, "after a sync the hub has \(taken) of them")
  }

  /// Gets what is new with syncs that are killed, until one has got through.
  private func pull(
    _ reader: RealCity, known: Set<EventRow>, all: Set<EventRow>, _ sweep: inout KillSweep,
    into result: inout TrialResult
  ) throws {
    for _ in 0..<Self.killsBetweenSyncs {
      let ending = try cutSync(reader, writing: reader.journal, &sweep, into: &result)
      let rows = try reader.rows()
      result.expect(
        rows == known || rows == all, "\(rows.count) events, not \(known.count) or \(all.count)")
      if ending == .exited(0) { result.expect(rows == all, "the sync ended well, but not all is there") }
    }
    try reader.sync(into: &result)
    result.expect(try reader.rows() == all, "\(reader.name) does not show all after a sync")
  }

  private func cutSync(
    _ city: RealCity, writing path: String, _ sweep: inout KillSweep, into result: inout TrialResult
  ) throws -> ChildProgram.Ending {
    let program = try city.start(["sync"])
    let ending = try sweep.strike(program, writing: path)
    if ending == .killed(9) {
      result.kills += 1
    } else {
      result.expect(ending == .exited(0), "a sync \(ending)")
    }
    return ending
  }
}
