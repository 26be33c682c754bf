import HTTP

/// A server's connection without a network: what goes in, what came out, and a clock that the test sets.
struct Wire {
  private var connection: ServerConnection
  private(set) var output: [UInt8] = []
  private(set) var requests: [HTTPRequest] = []
  private(set) var isShutDown = false
  private(set) var isClosed = false
  /// The deadline of the last wait.
  private(set) var deadline: UInt64?
  var now: UInt64 = 1000
  var handler: (HTTPRequest) -> HTTPResponse? = Wire.sampleRoutes
  /// Whether bytes to send are taken; if not, they count as sent when the test says so.
  var takesOutput = true

  init(
    limits: HTTPLimits = HTTPLimits(), precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil
  ) {
    connection = ServerConnection(
      settings: ServerSettings(limits: limits, precheck: precheck, allowance: allowance), peer: "192.0.2.1", now: now)
  }

  var wantsInput: Bool { connection.wantsInput }

  /// Whether this side has said that the connection ends.
  var isEnding: Bool { isShutDown || isClosed }

  mutating func feed(_ text: String) { feed(Array(text.utf8)[...]) }

  mutating func feed(_ bytes: ArraySlice<UInt8>) {
    connection.receive(bytes, now: now)
    pump()
  }

  mutating func feedEnd() {
    connection.receiveEnd(now: now)
    pump()
  }

  mutating func answer(_ response: HTTPResponse) {
    connection.respond(response, dateLine: Self.dateLine, now: now)
    pump()
  }

  mutating func take(_ count: Int) {
    connection.sent(count, now: now)
    pump()
  }

  mutating func drain() {
    connection.drain(now: now)
    pump()
  }

  mutating func tick(at time: UInt64, unacknowledged: Int = 0) {
    now = time
    connection.tick(now: now, unacknowledged: unacknowledged)
    pump()
  }

  private mutating func pump() {
    while true {
      switch connection.nextAction(now: now) {
      case .request(let request):
        requests.append(request)
        guard let response = handler(request) else { continue }
        connection.respond(response, dateLine: Self.dateLine, now: now)
      case .answer(let response):
        connection.respond(response, dateLine: Self.dateLine, now: now)
      case .send(let bytes, _):
        output += bytes
        if takesOutput { connection.sent(bytes.count, now: now) }
      case .shutdownOutput:
        isShutDown = true
      case .close:
        isClosed = true
        return
      case .wait(let time):
        deadline = time
        return
      }
    }
  }

  /// The answers so far, read as a client reads them that sent requests with these methods.
  func answers(to methods: [String] = []) throws(HTTPFault) -> [ReceivedResponse] {
    var limits = HTTPLimits()
    limits.body = 64 * 1024 * 1024
    var parser = ResponseParser(limits: limits)
    for index in 0..<100 { parser.expect(method: index < methods.count ? methods[index] : "GET") }
    parser.receive(output)
    if isEnding { parser.receiveEnd() }
    var answers: [ReceivedResponse] = []
    while let answer = try parser.next() { answers.append(answer) }
    return answers
  }

  static let dateLine = HTTPDate.line(unixSeconds: 784_111_777)

  private static let router = Router<@Sendable (HTTPRequest) -> HTTPResponse>([
    "GET /v1/ping": { _ in .text("pong") },
    "POST /v1/push": { request in
      guard request.declaresBody else { return .lengthRequired }
      guard request.hasContentType("application/json") else {
        return .unsupportedMediaType(accept: ["application/json"])
      }
      return .json(request.body)
    },
  ])

  /// The two routes that the cases speak of.
  static func sampleRoutes(_ request: HTTPRequest) -> HTTPResponse? {
    switch router.match(method: request.method, path: request.path) {
    case .found(let handler, _): handler(request)
    case .methodNotAllowed(let allow): .methodNotAllowed(allow: allow)
    case .notFound: .notFound
    }
  }
}
