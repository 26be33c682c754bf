import HTTP
import Testing

/// The deadlines of a connection, with a clock that only the test moves.
@Suite("ServerConnection's deadlines")
struct ServerConnectionTimingTests {
  @Test("a connection that says nothing is closed after 10 s without a word")
  func silence() {
    var wire = Wire()
    wire.tick(at: 10_999)
    #expect(!wire.isClosed)
    wire.tick(at: 11_000)
    #expect(wire.isClosed)
    #expect(wire.output.isEmpty)
  }

  @Test("an idle connection is closed 75 s after its last answer without a word")
  func idle() throws {
    var wire = Wire()
    wire.feed(HTTPCase.ping[...])
    let output = wire.output
    wire.tick(at: 75_999)
    #expect(!wire.isClosed)
    wire.tick(at: 76_000)
    #expect(wire.isClosed)
    #expect(wire.output == output)
  }

  @Test("a head that is dripped is answered 408 after 10 s, whatever comes in between")
  func drippedHead() throws {
    var wire = Wire()
    for byte in HTTPCase.ping.dropLast().prefix(20) {
      wire.feed([byte])
      wire.tick(at: wire.now + 500)
      #expect(try wire.now < 11_000 || wire.answers().map(\.status) == [408])
    }
    #expect(wire.now == 11_000)
    #expect(wire.isShutDown)
  }

  @Test("a head whose end does not come is answered 408")
  func unendedHead() throws {
    var wire = Wire()
    wire.now = 5000
    wire.feed("GET /v1/ping HTTP/1.1\r\nHost: hub.test\r\n")
    wire.tick(at: 14_999)
    #expect(wire.output.isEmpty)
    wire.tick(at: 15_000)
    #expect(try wire.answers().map(\.status) == [408])
    #expect(wire.isShutDown)
  }

  @Test("a body slower than 500 bytes a second for 20 s is answered 408, a faster one is not")
  func slowBody() throws {
    for (rate, isSlow) in [(499, true), (500, false)] {
      var wire = Wire()
      wire.feed("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n")
      for _ in 0..<61 where !wire.isEnding {
        wire.feed([UInt8](repeating: 0x61, count: rate)[...])
        wire.tick(at: wire.now + 1000)
      }
      #expect(try wire.answers().map(\.status) == (isSlow ? [408] : []))
      #expect(wire.now == (isSlow ? 21_000 : 62_000))
    }
  }

  @Test("a body that came fast and then stops is answered 408 within two windows")
  func stoppedBody() throws {
    var wire = Wire()
    wire.feed("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n")
    wire.feed([UInt8](repeating: 0x61, count: 7_000_000)[...])
    wire.tick(at: 21_000)
    #expect(!wire.isEnding)
    wire.tick(at: 41_000)
    #expect(try wire.answers().map(\.status) == [408])
  }

  @Test("a body or an answer that goes on steadily, and for ever, ends after an hour")
  func endless() throws {
    var wire = Wire()
    wire.feed("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n")
    while !wire.isEnding, wire.now < 20_000_000 {
      wire.feed([UInt8](repeating: 0x61, count: 600)[...])
      wire.tick(at: wire.now + 1000)
    }
    #expect(try wire.answers().map(\.status) == [408])
    #expect(wire.now == 3_601_000)
    var reader = Wire()
    reader.handler = { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 4_000_000)) }
    reader.takesOutput = false
    reader.feed(HTTPCase.ping[...])
    while !reader.isClosed, reader.now < 20_000_000 {
      reader.take(8000)
      reader.tick(at: reader.now + 15_000)
    }
    #expect(reader.now == 3_601_000)
  }

  @Test("a refused body that does not come ends the connection with the refusal")
  func refusedBody() throws {
    var wire = Wire(precheck: { _ in .problem(status: 401, code: "no-token") })
    wire.feed("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n")
    wire.tick(at: 20_999)
    #expect(wire.output.isEmpty)
    wire.tick(at: 21_000)
    #expect(try wire.answers().map(\.status) == [401])
    #expect(wire.isShutDown)
  }

  @Test("a handler may take its time")
  func slowHandler() throws {
    var wire = Wire()
    wire.handler = { _ in nil }
    wire.feed(HTTPCase.ping[...])
    #expect(wire.deadline == nil)
    wire.tick(at: 1_000_000)
    wire.answer(.text("late"))
    #expect(try wire.answers().map(\.status) == [200])
    #expect(!wire.isEnding)
  }

  @Test("an answer that nobody takes ends the connection within 30 s")
  func unreadAnswer() {
    var wire = Wire()
    wire.handler = { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 4_000_000)) }
    wire.takesOutput = false
    wire.feed(HTTPCase.ping[...])
    wire.take(200_000)
    wire.tick(at: 16_000, unacknowledged: 100_000)
    #expect(!wire.isClosed)
    wire.tick(at: 31_000, unacknowledged: 100_000)
    #expect(wire.isClosed)
  }

  @Test("an answer that is taken slowly but steadily is written to its end")
  func slowlyReadAnswer() {
    var wire = Wire()
    wire.handler = { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 100_000)) }
    wire.takesOutput = false
    wire.feed(HTTPCase.ping[...])
    var taken = 0
    while taken < wire.output.count {
      wire.take(8000)
      taken += 8000
      wire.tick(at: wire.now + 15_000)
      #expect(!wire.isClosed)
    }
    #expect(wire.wantsInput)
  }

  @Test("a peer that does not close its half is let go after 5 s")
  func lingering() {
    var wire = Wire()
    wire.feed("GET / HTTP/1.1\r\n\r\n")
    #expect(wire.isShutDown)
    wire.feed("more")
    wire.tick(at: 5999)
    #expect(!wire.isClosed)
    wire.tick(at: 6000)
    #expect(wire.isClosed)
  }

  @Test("a clock that stands, jumps to its end or limits that are absurd do no harm")
  func absurdTimes() {
    var limits = HTTPLimits()
    limits.headSeconds = .max
    limits.bodySeconds = 0
    limits.writeSeconds = -1
    var wire = Wire(limits: limits)
    wire.tick(at: .max)
    wire.feed("POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n")
    wire.tick(at: .max)
    wire.tick(at: 0)
    wire.feed("{}")
    wire.tick(at: .max)
    #expect(wire.isClosed || !wire.output.isEmpty)
  }
}
