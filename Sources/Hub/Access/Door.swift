import Crypto
public import HTTP
import Net
import Sync

/// Looks at each request's head before its body is read: who asks, and whether they ask too often.
///
/// It belongs to one thread and knows no clock: times are milliseconds of one monotonic clock.
public struct Door {
  private let router: HubRouter
  private let trustedProxies: Set<String>
  private var tokens: RateLimiter<Digest>
  private var addresses: RateLimiter<String>
  private var refusals: RateLimiter<String>

  /// A door with these limits.
  public init(_ router: HubRouter, _ limits: DoorLimits) {
    self.router = router
    trustedProxies = limits.trustedProxies
    func burst(_ perMinute: Int) -> Int { max(5, perMinute / 60 * limits.burstSeconds) }
    tokens = RateLimiter(perMinute: limits.requestsPerToken, burst: burst(limits.requestsPerToken))
    addresses = RateLimiter(perMinute: limits.requestsPerAddress, burst: burst(limits.requestsPerAddress))
    // Few, so that guessing is hopeless, and apart, so that a flood of guesses shuts nobody out who has a token.
    refusals = RateLimiter(perMinute: limits.refusalsPerAddress, burst: max(5, limits.refusalsPerAddress))
  }

  /// The answer that refuses a request by its head; `nil` to let it in.
  ///
  /// - Parameters:
  ///   - http: the head.
  ///   - known: the tokens as they were a moment ago; the service looks again.
  ///   - now: the time.
  public mutating func refusal(of http: HTTPRequest, known: TokenSnapshot, now: UInt64) -> HTTPResponse? {
    let address = HostAddress.counted(clientAddress(of: http))
    let wait = addresses.take(address, now: now)
    if wait > 0 { return router.tooMany(wait, "this address asks more often than the hub allows") }
    if router.route(of: http) == .join {
      // An invite is guessed like a token, and whoever has one needs it once.
      let wait = refusals.take(address, now: now)
      if wait > 0 { return router.tooMany(wait, "too many replicas want to join from this address") }
    }
    if let refusal = router.precheck(http, tokens: known) {
      guard refusal.status == 401 else { return refusal }
      let wait = refusals.take(address, now: now)
      return wait > 0 ? router.tooMany(wait, "too many requests without a valid token came from this address") : refusal
    }
    guard let token = HubRequest.token(of: http), known.valid.contains(token) else { return nil }
    let pause = tokens.take(token, now: now)
    return pause > 0 ? router.tooMany(pause, "this token asks more often than the hub allows") : nil
  }

  /// The address of who asks: the connection's, or what a trusted proxy says stood before it.
  ///
  /// Of a list the last one counts that is no trusted proxy itself: what stands before it anybody can have written.
  func clientAddress(of http: HTTPRequest) -> String {
    guard trustedProxies.contains(http.peer) else { return http.peer }
    let named = http.fields.values(of: "x-forwarded-for").flatMap { $0.split(separator: ",") }
    for part in named.reversed() {
      guard let address = Self.address(part) else { return http.peer }
      if !trustedProxies.contains(address) { return address }
    }
    return http.peer
  }

  /// The address that stands in a list of a proxy's, without a port, as proxies write it; `nil` if there is none.
  private static func address(_ part: Substring) -> String? {
    var text = part.filter { $0 != " " && $0 != "\t" }
    guard (2...64).contains(text.utf8.count) else { return nil }
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      text = String(text[text.index(after: text.startIndex)..<end])
    } else if text.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1, let colon = text.firstIndex(of: ":") {
      text = String(text[..<colon])
    }
    return HostAddress.normalized(text)
  }
}
