internal import Synchronization

/// What a server tells of itself, at any time and to any thread.
public final class ServerFigures: Sendable {
  let open = Atomic<Int>(0)
  let refused = Atomic<Int>(0)
  let shed = Atomic<Int>(0)
  let held = Atomic<Int>(0)
  let inFlight = Atomic<Int>(0)

  /// Figures of a server that has not begun.
  public init() {}

  /// How many connections are open now.
  public var openConnections: Int { open.load(ordering: .relaxed) }
  /// How many were refused because their address had too many.
  public var refusedConnections: Int { refused.load(ordering: .relaxed) }
  /// How many were cut off because all together held too much memory.
  public var shedConnections: Int { shed.load(ordering: .relaxed) }
  /// The bytes of requests that are not whole and answers that are not read.
  public var heldBytes: Int { held.load(ordering: .relaxed) }
  /// The bytes of the bodies of requests that wait for their answers.
  public var requestBytes: Int { inFlight.load(ordering: .relaxed) }
}
