import TestKit
import Testing

@Suite("Joining where no hub answers")
struct JoinWordsTests {
  private static let page = "<html>Bienvenido al WiFi</html>"

  private static func answer(_ status: String, _ fields: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: text/html\r\n\(fields)Content-Length: \(page.utf8.count)\r\n\r\n\(page)"
  }

  @Test(
    "a page to sign in at is not called a hub, and the invite is said to be good still",
    arguments: [
      (answer("200 OK"), "it answered with 'text/html'"),
      (answer("302 Found", "Location: http://portal.example/\r\n"), "it answered with status 302"),
      (answer("404 Not Found"), "it answered with status 404"),
    ])
  func portal(_ answer: String, _ told: String) throws {
    let (programs, portal) = (try Programs(), try Portal(answer))
    let result = try join(programs, portal)
    #expect(result.exitCode == 1)
    #expect(result.errors.contains("What answered is not a hub: \(told)."), "\(result.errors)")
    #expect(result.errors.contains("The invite is not used up") && result.errors.contains("sign-in page"))
    #expect(!result.errors.contains("http://host"))
  }

  @Test("a hub that is down behind its web server is tried again later")
  func down() throws {
    let (programs, portal) = (try Programs(), try Portal(Self.answer("503 Busy", "Retry-After: 600\r\n")))
    let result = try join(programs, portal)
    #expect(result.exitCode == 75, "\(result.errors)")
    #expect(result.errors.contains("come back in 10 minutes"), "\(result.errors)")
  }

  @Test("an invite that met no hub is taken by the hub")
  func afterwards() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    let invite = try programs.invite("bogota")
    let portal = try Portal(Self.answer("200 OK"))
    let first = try programs.pioc("bogota", ["join", portal.url, "--member", "bogota", "--invite", "-"], input: invite)
    #expect(first.exitCode == 1)
    try programs.must("bogota", "join", hub.url, "--invite", "-", input: invite)
  }

  private func join(_ programs: Programs, _ portal: Portal) throws -> Programs.Result {
    try programs.pioc("bogota", ["join", portal.url, "--member", "bogota", "--invite", "-"], input: "abc\n")
  }
}
