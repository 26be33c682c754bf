import Glibc

/// Requests arrive and answers do not, or not whole (faults F46, F9, F10, F11, F13).
struct LostAnswersTrial: Trial {
  let name = "answers that never arrive, or are cut"
  let promise = "nothing twice, nothing by half, the log does not grow without work, one good sync drains all"
  let share = 4.0

  private static let deafSyncs = 6

  /// Those who take part.
  private struct Cast {
    let hub: RealHub
    let forwarder: Forwarder
    /// Behind the forwarder.
    let far: RealCity
    /// With a good line.
    let near: RealCity
    var rows: Set<EventRow> = []
    var log = HubLogView()
  }

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage)
    let forwarder = try Forwarder(to: hub.port)
    defer { forwarder.stop() }
    var cast = Cast(
      hub: hub, forwarder: forwarder, far: RealCity("bogota", stage), near: RealCity("durban", stage))
    try cast.far.join(hub, by: forwarder.url)
    try cast.near.join(hub)
    try deafen(&cast, into: &result)
    let offset = draws.fraction()
    var cuts = 0
    while !deadline.isOver || cuts < 8 {
      result.rounds += 1
      cuts += 1
      try write(&cast, "\(result.rounds)", into: &result)
      // As in a sweep of kills: no gap between the cuts is much larger than the others. The edges come first.
      let fraction =
        cuts <= 2
        ? Double(cuts - 1) * 0.999_9
        : (offset + Double(cuts) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
      try hurt(&cast, Self.fault(cuts, fraction), retries: cuts % 5 == 0, into: &result)
      if cuts % 8 == 0 { try deafen(&cast, into: &result) }
    }
    try settle(&cast, into: &result)
    result.notes.append("\(cast.forwarder.faults) answers or requests lost, cut or doubled")
  }

  private static func fault(_ turn: Int, _ fraction: Double) -> ForwardingFault {
    switch turn % 6 {
    case 0: .requestCut(fraction: fraction)
    case 3: .doubled
    default: .answerCut(fraction: fraction, isReset: turn % 2 == 0)
    }
  }

  /// Both have something for the other one.
  private func write(_ cast: inout Cast, _ name: String, into result: inout TrialResult) throws {
    for city in [cast.far, cast.near] {
      let row = EventRow("\(city.name)-\(name)")
      try city.add(row)
      cast.rows.insert(row)
    }
    try cast.near.sync(into: &result)
  }

  /// No answer comes for many syncs: those who wait are stopped, and one waits until it gives up by itself.
  private func deafen(_ cast: inout Cast, into result: inout TrialResult) throws {
    result.rounds += 1
    try write(&cast, "deaf-\(result.rounds)", into: &result)
    cast.forwarder.setDeaf(true)
    var heads: [Int] = []
    for _ in 0..<Self.deafSyncs {
      let faults = cast.forwarder.faults
      let sync = try cast.far.start(["sync"])
      while cast.forwarder.faults == faults, sync.ending() == nil { usleep(500) }
      result.expect(try sync.kill() == .killed(9), "a sync ended without an answer")
      result.kills += 1
      heads.append(try cast.hub.report().head)
    }
    result.expect(Set(heads).count == 1, "the log grows with repeated requests: \(heads)")
    cast.forwarder.setDeaf(false)
    cast.forwarder.plan([ForwardingFault](repeating: .closed, count: 4))
    let run = try cast.far.run(["sync"], within: 30)
    result.expect(
      run.ending == .exited(75) && run.errors.contains("reached"), "without answers: \(run.summary)")
    result.expect(try cast.far.report().pending > 0, "without an answer nothing can be known")
    try settle(&cast, into: &result)
  }

  /// One exchange is hurt; the sync tries again by itself, or is cut off and begun anew.
  private func hurt(
    _ cast: inout Cast, _ fault: ForwardingFault, retries: Bool, into result: inout TrialResult
  ) throws {
    let before = try cast.far.rows()
    cast.forwarder.plan([fault])
    let faults = cast.forwarder.faults
    let sync = try cast.far.start(["sync"])
    if !retries {
      while cast.forwarder.faults == faults, sync.ending() == nil { usleep(500) }
      // Enough for what it does with a part of an answer, and not enough for trying again.
      usleep(60_000)
      if try sync.kill() == .killed(9) { result.kills += 1 }
      let rows = try cast.far.rows()
      result.expect(rows == before || rows == cast.rows, "a part of an answer is applied: \(rows.count)")
    } else {
      let run = try sync.finish()
      result.expect(run.succeeded, "after \(fault): \(run.summary)")
    }
    try cast.far.sync(into: &result)
    result.expect(try cast.far.rows() == cast.rows, "after \(fault) a sync does not bring all")
  }

  private func settle(_ cast: inout Cast, into result: inout TrialResult) throws {
    for city in [cast.far, cast.near] {
      try city.verify(cast.hub, into: &result)
      result.expect(try city.rows() == cast.rows, "\(city.name) does not show what was written")
    }
    let connection = try cast.hub.connection()
    try cast.log.readOn(connection)
    try cast.log.check(connection, into: &result)
    result.expect(
      cast.log.changes.count == cast.rows.count, "the hub has \(cast.log.changes.count) of \(cast.rows.count)"
    )
  }
}
