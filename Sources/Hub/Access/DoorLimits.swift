import Net

/// How much one token or one address may ask of a hub.
public struct DoorLimits: Sendable, Equatable {
  /// Requests a minute with one token; 0 for no limit.
  public var requestsPerToken = 6_000
  /// Requests a minute from one address; 0 for no limit.
  public var requestsPerAddress = 12_000
  /// Requests a minute from one address that a wrong token, or none, got refused; 0 for no limit.
  public var refusalsPerAddress = 30
  /// Connections at once from one address, or one /64 of IPv6, but for this machine's own and the proxies'; 0 for no limit.
  ///
  /// An office of 30 replicas behind one address has 60 to 100, and 64 such addresses fill the server.
  public var connectionsPerAddress = 256
  /// The most bytes of requests and answers in memory; see `ServerBounds`.
  public var heldBytes = 256 * 1024 * 1024
  /// How many seconds' worth may come at once after a pause.
  public var burstSeconds = 10
  /// The proxies whose word about an address counts, spelled as ``trust(_:)`` does; each may have any number of
  /// connections.
  public var trustedProxies: Set<String> = []

  /// The usual limits.
  public init() {}

  /// No limits, for measurements.
  public static var none: DoorLimits {
    var limits = DoorLimits()
    (limits.requestsPerToken, limits.requestsPerAddress, limits.refusalsPerAddress) = (0, 0, 0)
    limits.connectionsPerAddress = 0
    return limits
  }

  /// Believes one more proxy, whose address is kept as the server spells it; false if it is no IP address.
  public mutating func trust(_ proxy: String) -> Bool {
    guard let address = HostAddress.normalized(proxy) else { return false }
    trustedProxies.insert(address)
    return true
  }

  /// What they mean for the server.
  var bounds: ServerBounds {
    var bounds = ServerBounds()
    bounds.connectionsPerAddress = connectionsPerAddress
    bounds.unlimitedAddresses = trustedProxies
    bounds.heldBytes = heldBytes
    return bounds
  }
}
