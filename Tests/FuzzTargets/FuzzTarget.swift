/// What reads bytes from outside, each to be tried with any bytes at all.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A server's connection: requests in one piece, in several, and one behind another.
  case http
  /// A JSON text, in every way of reading one.
  case json
  /// One element of a batch: a change, a void, what is refused; also a record's state.
  case change
  /// The bodies that go between replica and hub.
  case exchange

  /// Reads an input in all ways that must agree, and says what is not as promised: nothing, if all is well.
  ///
  /// What traps, reads beyond its memory or never ends is for the caller to notice.
  public func complaints(about input: [UInt8]) -> [String] {
    switch self {
    case .http: HTTPTrial(input).complaints
    case .json: JSONTrial(input).complaints
    case .change: ChangeTrial(input).complaints
    case .exchange: ExchangeTrial(input).complaints
    }
  }
}
