/// How much one token or one address may ask of a hub.
public struct DoorLimits: Sendable, Equatable {
  /// Requests a minute with one token; 0 for no limit.
  public var requestsPerToken = 6_000
  /// Requests a minute from one address; 0 for no limit.
  public var requestsPerAddress = 12_000
  /// Requests a minute from one address that a wrong token, or none, got refused; 0 for no limit.
  public var refusalsPerAddress = 30
  /// How many seconds' worth may come at once after a pause.
  public var burstSeconds = 10
  /// The proxies whose word about an address counts, as addresses.
  public var trustedProxies: Set<String> = []

  /// The usual limits.
  public init() {}

  /// No limits, for measurements.
  public static var none: DoorLimits {
    var limits = DoorLimits()
    (limits.requestsPerToken, limits.requestsPerAddress, limits.refusalsPerAddress) = (0, 0, 0)
    return limits
  }
}
