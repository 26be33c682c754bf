import HTTP
import Testing

@Suite("ResponseParser")
struct ResponseParserTests {
  /// What a parser makes of bytes: "status body" of each answer, and the fault's code if there is one.
  private func read(_ bytes: [UInt8], methods: [String], ends: Bool, step: Int? = nil) -> [String] {
    var parser = ResponseParser()
    for method in methods { parser.expect(method: method) }
    var results: [String] = []
    var start = 0
    do throws(HTTPFault) {
      while start < bytes.count || ends {
        let end = min(bytes.count, start + (step ?? bytes.count))
        if start < bytes.count { parser.receive(bytes[start..<end]) } else { parser.receiveEnd() }
        while let answer = try parser.next() {
          let mark = answer.closes ? " close" : ""
          results.append("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))\(mark)")
        }
        if start == bytes.count { break }
        start = end
      }
    } catch {
      results.append(error.code)
    }
    return results
  }

  @Test(
    "answers are read by their framing",
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", ["200 hi"]),
      ("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", ["200 "]),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a\r\nhi\r\n0\r\nX: y\r\n\r\n", ["200 hi"]),
      ("HTTP/1.1 200 OK\r\n\r\nuntil the end", ["200 until the end close"]),
      ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", ["200 hi close"]),
      ("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 x\r\nContent-Length: 9\r\n\r\n", ["204 ", "304 "]),
      ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\na", ["100 ", "201 a"]),
      ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", ["200 a close"]),
    ])
  func framing(_ text: String, _ expected: [String]) {
    checkAllWays(text, methods: ["GET", "GET"], ends: true, expected)
  }

  @Test(
    "what is cut short, framed twice or malformed is a fault",
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", "http-incomplete"),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", "http-incomplete"),
      ("HTTP/1.1 200 OK\r\nContent-Le", "http-incomplete"), ("HTTP/1.1 20", "http-incomplete"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "http-framing"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", "http-framing"),
      ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "http-content-length"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n", "http-body-length"),
      ("HTTP/1.1 200 OK\nContent-Length: 0\n\n", "http-start-line"),
      ("HTTP/1.1 200 OK\r\nA: b\nContent-Length: 0\r\n\r\n", "http-line-end"),
      ("HTTP/1.1 200\r\n\r\n", "http-start-line"), ("HTTP/1.1 2000 OK\r\n\r\n", "http-start-line"),
      ("HTTP/1.1 600 OK\r\n\r\n", "http-start-line"), ("HTTP/1.1 +20 OK\r\n\r\n", "http-start-line"),
      ("HTTP/2.0 200 OK\r\n\r\n", "http-version"), ("<html>", "http-start-line"),
    ])
  func faults(_ text: String, _ code: String) {
    checkAllWays(text, methods: ["GET"], ends: true, [code])
  }

  @Test("an answer to HEAD has a length and no body")
  func head() {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
    checkAllWays(text, methods: ["HEAD", "GET"], ends: false, ["200 ", "200 a"])
  }

  @Test("an answer that nobody asked for is a fault")
  func unasked() {
    checkAllWays("HTTP/1.1 408 Request Timeout\r\n\r\n", methods: [], ends: false, ["http-start-line"])
  }

  @Test("an answer of the server is read back as it was given")
  func roundTrip() throws {
    var wire = Wire()
    let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    wire.handler = { _ in HTTPResponse(status: 206, fields: [("A", "b"), ("a", "c")], body: body) }
    wire.feed(HTTPCase.ping[...])
    let answer = try #require(wire.answers().first)
    #expect(answer.status == 206)
    #expect(answer.fields.values(of: "a") == ["b", "c"])
    #expect(answer.body == body)
    #expect(!answer.closes)
  }

  private func checkAllWays(_ text: String, methods: [String], ends: Bool, _ expected: [String]) {
    let bytes = Array(text.utf8)
    for step in [nil, 1, 2, 3, 7] {
      #expect(read(bytes, methods: methods, ends: ends, step: step) == expected, "in steps of \(step ?? 0)")
    }
  }
}
