/// What the owner of a `ServerConnection` has to do next.
public enum ServerAction: Sendable {
  /// Have this request answered, now or later, and call `respond` with the answer.
  case request(HTTPRequest)
  /// Call `respond` with this answer at once; the connection has found it by itself (a fault, a refusal).
  case answer(HTTPResponse)
  /// Write these bytes after all earlier ones, and call `sent` as they go; after `more`, others follow.
  case send([UInt8], more: Bool)
  /// Everything is written: close this side's half, and read on until the other side has closed its own.
  case shutdownOutput
  /// Close the connection and forget it; given again and again from here on.
  case close
  /// Nothing to do before bytes come or go, an answer is there, or this time is reached (then call `tick`).
  case wait(until: UInt64?)
}
