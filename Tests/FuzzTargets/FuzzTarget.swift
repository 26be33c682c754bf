/// What reads bytes from outside, each to be tried with any bytes at all.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A server's connection: requests in one piece, in several, and one behind another.
  case http
  /// What a client reads: answers in one piece and in several, from a server that may say anything.
  case response
  /// A JSON text, in every way of reading one.
  case json
  /// One element of a batch: a change, a void, what is refused; also a record's state.
  case change
  /// The bodies that go between replica and hub.
  case exchange
  /// Plain records of another system, in a list or on lines.
  case records
  /// A record's text as an editor gives it back.
  case form
  /// A file to import: JSON in three forms, or a table.
  case imports

  /// Reads an input in all ways that must agree, and says what is not as promised: nothing, if all is well.
  ///
  /// What traps, reads beyond its memory or never ends is for the caller to notice.
  public func complaints(about input: [UInt8]) -> [String] {
    switch self {
    case .http: HTTPTrial(input).complaints
    case .response: ResponseTrial(input).complaints
    case .json: JSONTrial(input).complaints
    case .change: ChangeTrial(input).complaints
    case .exchange: ExchangeTrial(input).complaints
    case .records: RecordsTrial(input).complaints
    case .form: FormTrial(input).complaints
    case .imports: ImportTrial(input).complaints
    }
  }
}
