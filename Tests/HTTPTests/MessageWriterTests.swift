import HTTP
import Testing

@Suite("MessageWriter")
struct MessageWriterTests {
  @Test(
    "a field that would break the head is refused",
    arguments: [
      ("X", "a\r\nB: c"), ("X", "a\nb"), ("X", "a\rb"), ("X", "a\u{0}"), ("X", "\u{7F}"), ("X\r\nY", "a"),
      ("X:", "a"), ("X ", "a"), ("", "a"), ("É", "a"),
    ])
  func refused(_ name: String, _ value: String) {
    let response = HTTPResponse(status: 200, fields: [(name, value)])
    #expect(throws: HTTPFault.self) { try MessageWriter.head(of: response, dateLine: [], closes: false) }
    #expect(throws: HTTPFault.self) {
      try MessageWriter.request(method: "GET", target: "/", fields: [(name, value)])
    }
  }

  @Test("a status that is no final one is refused", arguments: [-1, 0, 99, 100, 199, 600, 1000])
  func status(_ status: Int) {
    let response = HTTPResponse(status: status)
    #expect(throws: HTTPFault.self) { try MessageWriter.head(of: response, dateLine: [], closes: false) }
  }

  @Test("the fields that frame a message are the writer's own")
  func framing() throws {
    let fields = [
      ("content-length", "99"), ("Transfer-Encoding", "chunked"), ("Date", "today"), ("Connection", "x"),
      ("Etag", "\"é\""),
    ]
    let response = HTTPResponse(status: 200, fields: fields, body: [1])
    let head = try MessageWriter.head(of: response, dateLine: Wire.dateLine, closes: true)
    #expect(
      String(decoding: head, as: UTF8.self) == """
        HTTP/1.1 200 OK\r
        Date: Sun, 06 Nov 1994 08:49:37 GMT\r
        Etag: "é"\r
        Content-Length: 1\r
        Connection: close\r
        \r

        """)
  }

  @Test("a request is written as the server reads it")
  func request() throws {
    var wire = Wire()
    let bytes = try MessageWriter.request(
      method: "POST", target: "/v1/push?a=b",
      fields: [("Host", "hub.test"), ("Content-Type", "application/json")], body: Array("{}".utf8))
    wire.feed(bytes[...])
    #expect(try wire.answers().map(\.status) == [200])
    #expect(throws: HTTPFault.self) { try MessageWriter.request(method: "G T", target: "/", fields: []) }
    #expect(throws: HTTPFault.self) { try MessageWriter.request(method: "GET", target: "/ x", fields: []) }
  }

  @Test("a problem's texts are quoted as JSON wants it")
  func problem() {
    let response = HTTPResponse.problem(status: 409, code: "a\"b", detail: "line\nend \\ é\u{1F}")
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == #"{"type":"about:blank","title":"Conflict","status":409,"code":"a\"b","#
        + #""detail":"line\u000aend \\ é\u001f"}"#)
  }
}
