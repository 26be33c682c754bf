internal import HTTP
internal import Synchronization

/// Work that thousands of connections can need in one moment, done in portions.
///
/// What honest clients ask for is served between two of them, since a turn of the loop does at most one of each kind.
extension ServerLoop {
  static let sweepMilliseconds: UInt64 = 250
  /// How many answers are brought to their connections in one turn.
  static let lettersInTurn = 64
  private static let ticksInTurn = 32
  private static let drainsInTurn = 64
  private static let cutsInTurn = 64

  /// Begins a sweep over the deadlines when it is time, or goes on with the one that has begun.
  ///
  /// A sweep goes once through all connections, however many turns that takes, before the next one begins: none can be
  /// passed over for the sake of others.
  func sweepSome() {
    if sweepPosition == 0 {
      guard now >= nextSweep else { return }
      nextSweep = now + Self.sweepMilliseconds
      if isAcceptPaused { resumeAccept() }
    }
    var ticks = 0
    while sweepPosition < deadlines.count {
      guard ticks < Self.ticksInTurn else { return }
      let raw = sweepPosition
      sweepPosition += 1
      guard deadlines[raw] <= now, let connection = connections[raw] else { continue }
      ticks += 1
      connection.machine.tick(now: now, unacknowledged: Socket.unacknowledged(connection.raw))
      drive(connection)
    }
    sweepPosition = 0
  }

  /// Accepts nobody any more, and begins to tell those who are there.
  func beginStop(graceMilliseconds: Int) {
    stopDeadline = now + UInt64(clamping: min(graceMilliseconds, 1 << 40))
    listener = nil
    isAcceptPaused = false
    drainPosition = 0
  }

  /// Tells some more connections that the server stops.
  func drainSome() {
    guard var position = drainPosition else { return }
    defer { drainPosition = position < connections.count ? position : nil }
    var drains = 0
    while position < connections.count, drains < Self.drainsInTurn {
      let next = connections[position]
      position += 1
      guard let connection = next else { continue }
      drains += 1
      connection.machine.drain(now: now)
      drive(connection)
    }
  }

  /// Whether connections hold more than the server may spend on them.
  ///
  /// One alone is never too many: what it may hold is bounded by the limits of one request.
  var isOverfull: Bool { holders.count > 1 && heldBytes + requestBytes > configuration.bounds.heldBytes }

  /// Cuts off the slowest of those who hold memory while they hold more than the server may spend on them.
  ///
  /// Each request, each answer and the time for them are bounded, but thousands who stop in the middle of a long one
  /// would otherwise fill the memory before their time is over. Those whose bytes move stay, however slowly they do.
  /// While there are too many nothing is read (`drive`), so that the memory cannot grow faster than it is given back.
  func shedSome() {
    for _ in 0..<Self.cutsInTurn {
      guard isOverfull, let raw = holders.first, let connection = connections[raw] else { return }
      configuration.figures.shed.add(1, ordering: .relaxed)
      drop(connection)
    }
  }
}
