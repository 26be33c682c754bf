/// What all clients of a server together may take of its means, and one address of them.
public struct ServerBounds: Sendable, Equatable {
  /// The most connections; more are left to wait unaccepted.
  public var connections = 16_384
  /// The most connections from one address, or from one /64 of IPv6; 0 for no limit.
  ///
  /// One more is answered 503 and closed before its request is read.
  public var connectionsPerAddress = 0
  /// Addresses that may have any number, such as proxies, spelled as ``HostAddress`` does.
  public var unlimitedAddresses: Set<String> = []
  /// Whether this machine's own addresses are counted too.
  ///
  /// They are not by default: it is a proxy that speaks for many there, or nobody who needs connections to do harm.
  public var countsLoopback = false
  /// The most bytes of requests and answers that are held in memory.
  ///
  /// Requests that wait for their answers may take half of it, those of up to 64 KiB three quarters; more are answered
  /// 503, with a Retry-After, before their bodies are read. Where requests that are not whole and answers that are not
  /// read take what is left, the slowest of these are cut off.
  public var heldBytes = 256 * 1024 * 1024

  /// Up to which size a body is small.
  static let smallBytes = 64 * 1024

  /// The usual bounds.
  public init() {}

  /// Whether a request with a body of so many bytes may be taken in beside those in flight.
  ///
  /// One alone always may. The small ones keep a part for themselves, so that who posts a lot cannot shut out those who
  /// only ask.
  func hasRoom(for bytes: Int, beside inFlight: Int) -> Bool {
    let quarters = bytes <= Self.smallBytes ? 3 : 2
    return bytes == 0 || inFlight == 0 || bytes <= heldBytes / 4 * quarters - inFlight
  }
}
