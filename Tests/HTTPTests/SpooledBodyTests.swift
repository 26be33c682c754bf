import HTTP
import Testing

@Suite("Bodies that are too long for memory")
struct SpooledBodyTests {
  private let spool = MemorySpool()

  private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) } }

  private static func head(_ framing: String) -> [UInt8] {
    Array("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n\(framing)\r\n\r\n".utf8)
  }

  private static func whole(_ body: [UInt8]) -> [UInt8] { head("Content-Length: \(body.count)") + body }

  private static func chunked(_ body: [UInt8], by size: Int) -> [UInt8] {
    var bytes = head("Transfer-Encoding: chunked")
    for start in stride(from: 0, to: body.count, by: size) {
      let chunk = body[start..<min(body.count, start + size)]
      bytes += Array(String(chunk.count, radix: 16).utf8) + Array("\r\n".utf8) + chunk + Array("\r\n".utf8)
    }
    return bytes + Array("0\r\n\r\n".utf8)
  }

  private func wire(_ spool: MemorySpool?, limit: Int = 1 << 30, limits: HTTPLimits = HTTPLimits()) -> Wire {
    var wire = Wire(limits: limits, allowance: { _ in BodyAllowance(limit: limit, spool: spool) })
    wire.handler = { request in HTTPResponse(status: 200, body: Array("\(request.bodyCount)".utf8)) }
    return wire
  }

  private static func feed(_ wire: inout Wire, _ bytes: [UInt8], by size: Int) {
    for start in stride(from: 0, to: bytes.count, by: size) {
      wire.feed(bytes[start..<min(bytes.count, start + size)])
    }
  }

  @Test("a long body goes to the spool whole, however it is framed and cut", arguments: [1_000, 65_536, 70_001])
  func long(_ size: Int) throws {
    let body = Self.bytes(300_007)
    for message in [Self.whole(body), Self.chunked(body, by: 9_999)] {
      let spool = MemorySpool()
      var wire = wire(spool)
      Self.feed(&wire, message + HTTPCase.ping, by: size)
      #expect(wire.requests.count == 2)
      #expect(wire.requests[0].body.isEmpty)
      #expect(wire.requests[0].spool === spool)
      #expect(spool.bytes == body)
      #expect(spool.longestPiece < 200_000)
      #expect(wire.requests[1].spool == nil)
      #expect(try wire.answers().map(\.body) == [Array("300007".utf8), Array("0".utf8)])
    }
  }

  @Test("a short body stays in memory")
  func short() {
    let body = Self.bytes(65_536)
    var wire = wire(spool)
    Self.feed(&wire, Self.whole(body), by: 10_000)
    #expect(wire.requests[0].body == body)
    #expect(wire.requests[0].spool == nil)
    #expect(spool.count == 0)
  }

  @Test("a request's own limit is its body's, larger or smaller than that of others, in memory or not")
  func limit() throws {
    for (limit, status, spools) in [(100_000, 413, true), (100_001, 200, true), (100_001, 200, false)] {
      for message in [Self.whole(Self.bytes(100_001)), Self.chunked(Self.bytes(100_001), by: 5_000)] {
        var limits = HTTPLimits()
        limits.body = 1_000
        var wire = wire(spools ? MemorySpool() : nil, limit: limit, limits: limits)
        Self.feed(&wire, message, by: 4_096)
        #expect(try wire.answers().map(\.status) == [status])
      }
    }
    var wire = wire(nil, limit: 10)
    wire.feed(Self.whole(Self.bytes(11))[...])
    #expect(try wire.answers().map(\.status) == [413])
  }

  @Test("without room the request is answered with 503, and the connection ends")
  func noRoom() throws {
    var wire = wire(MemorySpool(room: 150_000))
    Self.feed(&wire, Self.whole(Self.bytes(300_000)), by: 50_000)
    let answer = try #require(try wire.answers().first)
    #expect(answer.status == 503)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("http-body-room"))
    #expect(wire.requests.isEmpty)
    #expect(wire.isEnding)
  }

  @Test("a refused request is not asked where its body goes")
  func refused() throws {
    let spool = spool
    var wire = Wire(
      precheck: { _ in HTTPResponse(status: 401) }, allowance: { _ in BodyAllowance(limit: 1 << 30, spool: spool) })
    Self.feed(&wire, Self.whole(Self.bytes(300_000)), by: 50_000)
    #expect(try wire.answers().map(\.status) == [401])
    #expect(spool.count == 0)
  }

  @Test("a long answer is taken piece by piece, and the next one follows it")
  func answer() throws {
    let end = Self.bytes(200_003)
    var wire = Wire()
    wire.handler = { _ in
      var response = HTTPResponse(status: 200, body: Array("begin".utf8))
      response.spool = MemorySpool(end)
      return response
    }
    wire.takesOutput = false
    wire.feed((HTTPCase.ping + HTTPCase.ping)[...])
    var taken = 0
    while wire.output.count > taken {
      // Never more than a piece waits to be written.
      #expect(wire.output.count - taken <= 65_536)
      let count = wire.output.count - taken
      taken = wire.output.count
      wire.take(count)
    }
    let answers = try wire.answers()
    #expect(answers.map(\.body) == Array(repeating: Array("begin".utf8) + end, count: 2))
    #expect(!wire.isEnding)
  }

  @Test("an answer that cannot be read on ends the connection short of its length")
  func unreadable() throws {
    var wire = Wire()
    wire.handler = { _ in
      var response = HTTPResponse(status: 200)
      response.spool = MemorySpool(Self.bytes(1_000), isReadable: false)
      return response
    }
    wire.feed(HTTPCase.ping[...])
    #expect(wire.isClosed)
    #expect(String(decoding: wire.output, as: UTF8.self).contains("Content-Length: 1000\r\n"))
    #expect(wire.output.suffix(4) == Array("\r\n\r\n".utf8))
  }
}
