import HTTP
import JSON
import Net

/// Gives each answer its id, counts it, and writes a line about it.
final class RequestLog: Sendable {
  private let log: LogWriter?
  private let clock: @Sendable () -> (unix: Int64, monotonic: UInt64)
  private let prefix: String
  private let complain: (@Sendable (String) -> Void)?
  private let state = Locked((next: UInt64(0), counts: RequestCounts(), lastComplaint: UInt64?.none))
  /// What the server tells of itself.
  let server = ServerFigures()

  /// - Parameters:
  ///   - prefix: what no other process of this hub has used, so that ids are told apart.
  ///   - clock: Unix time and a monotonic time, both in milliseconds.
  ///   - log: takes the lines; `nil` where none are wanted.
  ///   - complain: takes a sentence about a request that failed at the hub, at most one in a second, where no lines are
  ///     wanted.
  init(
    prefix: String, clock: @escaping @Sendable () -> (unix: Int64, monotonic: UInt64),
    log: LogWriter?, complain: (@Sendable (String) -> Void)? = nil
  ) {
    (self.prefix, self.clock, self.log) = (prefix, clock, log)
    self.complain = complain
  }

  /// The time at which a request was whole, for ``finish(_:_:route:identity:since:)``.
  func begin() -> UInt64 { clock().monotonic }

  /// Takes note of an answer, and puts the request's id into it.
  ///
  /// - Parameters:
  ///   - response: the answer.
  ///   - received: the bytes of the request's body.
  ///   - route: the route, where there is one.
  ///   - identity: whose token came with it.
  ///   - start: when the request was whole.
  func finish(
    _ response: HTTPResponse, received: Int, route: HubRoute?, identity: Identity?, since start: UInt64
  ) -> HTTPResponse {
    let (unix, monotonic) = clock()
    let duration = monotonic < start ? 0 : monotonic - start
    let number = state.withLock { state -> UInt64 in
      state.next += 1
      state.counts.add(route, status: response.status, milliseconds: duration)
      return state.next
    }
    let id = "\(prefix)-\(String(number, radix: 32))"
    var response = response
    response.fields.append(("X-Request-Id", id))
    let code = Self.mark(&response, id)
    guard let log else {
      if let cause = response.cause { tell("request \(id) failed: \(cause)", monotonic) }
      return response
    }
    log.add(
      RequestRecord(
        id: id, route: route, identity: identity, time: unix, milliseconds: Int64(clamping: duration),
        received: received, status: response.status, code: code, sent: response.bodyCount,
        cause: response.cause
      ).line)
    return response
  }

  private func tell(_ sentence: String, _ now: UInt64) {
    let isDue = state.withLock { state -> Bool in
      if let last = state.lastComplaint, now < last &+ 1_000 { return false }
      state.lastComplaint = now
      return true
    }
    if isDue { complain?(sentence) }
  }

  /// Adds what was counted so far to an answer for Prometheus.
  func addFigures(to response: HTTPResponse) -> HTTPResponse {
    guard response.status == 200 else { return response }
    var (response, text) = (response, MetricsText())
    state.withLock { $0.counts }.write(to: &text)
    server.write(to: &text)
    text.single(
      "peacesync_log_lines_lost_total", .counter, "Lines of the request log that could not be written.",
      log?.lostLines ?? 0)
    response.body += text.bytes
    return response
  }

  /// Puts the id into an error; its code.
  private static func mark(_ response: inout HTTPResponse, _ id: String) -> Text? {
    guard response.status >= 400, var object = (try? JSON.parse(response.body))?.object else { return nil }
    object["request"] = .string(Text(id))
    response.body = JSON.object(object).write()
    return object["code"]?.text
  }
}
