import HTTP
import Testing

/// What a connection does beyond the table of cases.
@Suite("ServerConnection")
struct ServerConnectionTests {
  private static let push = "POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"

  @Test("a request is handed over whole, decoded, and with its peer")
  func request() throws {
    var wire = Wire()
    wire.feed("POST /v1/%C3%A9t%C3%A9?a=1&b=%20x+y&a=2&c HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nx-two:  2 \r\n")
    wire.feed("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    let request = try #require(wire.requests.first)
    #expect(request.method == "POST")
    #expect(request.path == "/v1/été")
    #expect(request.query("a") == "1")
    #expect(request.query("b") == " x y")
    #expect(request.query("c")?.isEmpty == true)
    #expect(request.query("d") == nil)
    #expect(request.query.map(\.name) == ["a", "b", "a", "c"])
    #expect(String(decoding: request.rawTarget, as: UTF8.self).hasPrefix("/v1/%C3%A9t"))
    #expect(request.fields["x-two"] == "1")
    #expect(request.fields.values(of: "X-Two") == ["1", "2"])
    #expect(request.body == Array("abcde".utf8))
    #expect(request.peer == "192.0.2.1")
    #expect(request.declaresBody)
  }

  @Test("one request is in flight at a time, and answers come in order")
  func oneInFlight() throws {
    var wire = Wire()
    wire.handler = { _ in nil }
    wire.feed((HTTPCase.ping + HTTPCase.ping + HTTPCase.ping)[...])
    for number in 1...3 {
      #expect(wire.requests.count == number)
      #expect(!wire.wantsInput)
      wire.answer(.text("\(number)"))
    }
    #expect(wire.wantsInput)
    #expect(try wire.answers().map(\.body) == ["1", "2", "3"].map { Array($0.utf8) })
  }

  @Test("an answer without a request is ignored, and so is a second one")
  func unaskedAnswer() throws {
    var wire = Wire()
    wire.answer(.text("nobody asked"))
    wire.handler = { _ in nil }
    wire.feed(HTTPCase.ping[...])
    wire.answer(.text("first"))
    wire.answer(.text("second"))
    #expect(try wire.answers().map(\.body) == [Array("first".utf8)])
  }

  @Test("a peer that sends without end ahead of its turn is cut off")
  func boundedPipeline() {
    var wire = Wire()
    wire.handler = { _ in nil }
    wire.feed(HTTPCase.ping[...])
    for _ in 0..<4 { wire.feed([UInt8](repeating: 0x61, count: 30_000)[...]) }
    #expect(!wire.isClosed)
    wire.feed([UInt8](repeating: 0x61, count: 30_000)[...])
    #expect(wire.isClosed)
  }

  @Test("what comes after a last request is thrown away, however much it is")
  func nothingAfterClose() throws {
    var wire = Wire()
    wire.handler = { _ in nil }
    wire.feed("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    for _ in 0..<10 { wire.feed([UInt8](repeating: 0x61, count: 60_000)[...]) }
    wire.answer(.text("last"))
    #expect(try wire.answers().map(\.closes) == [true])
    #expect(wire.requests.count == 1)
  }

  @Test("HEAD gets the length that GET has, and no body")
  func head() throws {
    var wire = Wire()
    wire.feed("HEAD /v1/ping HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(String(decoding: wire.output, as: UTF8.self).hasSuffix("Content-Length: 4\r\n\r\n"))
  }

  @Test("an answer that has no body has no length either", arguments: [204, 304])
  func bodiless(_ status: Int) {
    var wire = Wire()
    wire.handler = { _ in HTTPResponse(status: status, body: [1, 2, 3]) }
    wire.feed(HTTPCase.ping[...])
    let text = String(decoding: wire.output, as: UTF8.self)
    #expect(!text.contains("Content-Length"))
    #expect(text.hasSuffix("\r\n\r\n"))
    #expect(!wire.isEnding)
  }

  @Test("an answer with a line end in a field becomes a 500 that shows nothing of it")
  func unsendable() throws {
    var wire = Wire()
    wire.handler = { _ in HTTPResponse(status: 200, fields: [("Location", "/a\r\nSet-Cookie: b")]) }
    wire.feed(HTTPCase.ping[...])
    let answer = try #require(wire.answers().first)
    #expect(answer.status == 500)
    #expect(answer.fields["set-cookie"] == nil)
  }

  @Test("100 is sent before the body is there, and only once")
  func continues() throws {
    var wire = Wire()
    wire.feed("\(Self.push)Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    #expect(String(decoding: wire.output, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
    wire.feed("{")
    wire.feed("}")
    #expect(try wire.answers().map(\.status) == [100, 200])
  }

  @Test("chunks that sum up to more than 8 MiB are 413 at the size that is too much")
  func chunksTooLong() throws {
    var wire = Wire()
    wire.feed("\(Self.push)Transfer-Encoding: chunked\r\n\r\n")
    let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + Array("\r\n".utf8)
    for _ in 0..<8 { wire.feed(chunk[...]) }
    #expect(wire.output.isEmpty)
    wire.feed("1\r\n")
    #expect(try wire.answers().map(\.status) == [413])
    #expect(wire.isShutDown)
  }

  @Test("a body of 8 MiB is taken whole, by length and by chunks")
  func longestBody() throws {
    let body = [UInt8](repeating: 0x61, count: 8 << 20)
    for head in ["Content-Length: 8388608\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n800000\r\n"] {
      var wire = Wire()
      wire.feed(Self.push + head)
      for start in stride(from: 0, to: body.count, by: 65_536) { wire.feed(body[start..<(start + 65_536)]) }
      if head.hasPrefix("T") { wire.feed("\r\n0\r\n\r\n") }
      #expect(wire.requests.first?.body == body)
    }
  }

  @Test("a precheck refuses a long body before it comes, and keeps the connection for a short one")
  func precheck() throws {
    let refusing: @Sendable (HTTPRequest) -> HTTPResponse? = { request in
      request.fields["authorization"] == nil ? .problem(status: 401, code: "no-token") : nil
    }
    var long = Wire(precheck: refusing)
    long.feed("\(Self.push)Content-Length: 8000000\r\n\r\n")
    #expect(try long.answers().map(\.status) == [401])
    #expect(long.isShutDown)

    var short = Wire(precheck: refusing)
    short.feed("\(Self.push)Content-Length: 2\r\n\r\n{")
    #expect(short.output.isEmpty)
    short.feed("}")
    short.feed("\(Self.push)Authorization: x\r\nContent-Length: 2\r\n\r\n[]")
    #expect(try short.answers().map(\.status) == [401, 200])
    #expect(short.requests.map(\.body) == [Array("[]".utf8)])

    var chunked = Wire(precheck: refusing)
    chunked.feed("\(Self.push)Transfer-Encoding: chunked\r\n\r\nFFFF\r\n")
    chunked.feed([UInt8](repeating: 0x61, count: 65_535)[...])
    #expect(chunked.output.isEmpty)
    chunked.feed("\r\n2\r\n")
    #expect(try chunked.answers().map(\.status) == [401])
    #expect(chunked.isShutDown)
  }

  @Test("a long answer is sent in two pieces, so that its body is not copied")
  func longAnswer() throws {
    var connection = ServerConnection(limits: HTTPLimits(), now: 0)
    connection.receive(HTTPCase.ping[...], now: 0)
    guard case .request = connection.nextAction(now: 0) else { return #expect(Bool(false)) }
    let body = [UInt8](repeating: 7, count: 1 << 20)
    connection.respond(HTTPResponse(status: 200, body: body), dateLine: [], now: 0)
    guard case .send(let head, true) = connection.nextAction(now: 0) else { return #expect(Bool(false)) }
    #expect(String(decoding: head, as: UTF8.self) == "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n")
    guard case .send(let tail, false) = connection.nextAction(now: 0) else { return #expect(Bool(false)) }
    #expect(tail == body)
    guard case .wait = connection.nextAction(now: 0) else { return #expect(Bool(false)) }
    #expect(!connection.wantsInput)
    connection.sent(head.count + body.count, now: 0)
    guard case .wait = connection.nextAction(now: 0) else { return #expect(Bool(false)) }
    #expect(connection.wantsInput)
  }

  @Test("draining closes an idle connection at once and a busy one with its answer")
  func draining() throws {
    var idle = Wire()
    idle.drain()
    #expect(idle.isClosed)

    var busy = Wire()
    busy.handler = { _ in nil }
    busy.feed(HTTPCase.ping[...])
    busy.drain()
    #expect(!busy.isEnding)
    busy.answer(.text("last"))
    #expect(try busy.answers().map(\.closes) == [true])
    #expect(busy.isShutDown)

    var reading = Wire()
    reading.feed(HTTPCase.ping.dropLast())
    reading.drain()
    #expect(!reading.isEnding)
    reading.feed("\n")
    #expect(try reading.answers().map(\.status) == [200])
    #expect(reading.isShutDown)
  }
}
