import Foundation
import JSON
import Replica
import TestKit
import Testing

@Suite("Waiting for a hub, and the way to it")
struct BackOffTests {
  @Test("each wait is twice the one before, up to the most, and by chance up to half of it less")
  func doubling() {
    var random = SeededRandom(4)
    for _ in 0..<200 {
      var backOff = BackOff(firstMilliseconds: 1_000, mostMilliseconds: 60_000)
      for usual in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] as [Int64] {
        let wait = backOff.wait(retryAfterSeconds: nil, random: random.next())
        #expect((usual / 2...usual).contains(wait))
      }
      backOff.succeed()
      #expect(backOff.failures == 0 && backOff.wait(retryAfterSeconds: nil, random: 0) == 1_000)
    }
  }

  @Test("chance spreads the waits over the whole half")
  func spread() {
    var random = SeededRandom(9)
    let waits = (0..<2_000).map { _ in
      var backOff = BackOff(firstMilliseconds: 1_000)
      return backOff.wait(retryAfterSeconds: nil, random: random.next())
    }
    for tenth in 0..<10 { #expect(waits.contains { (500 + tenth * 50..<550 + tenth * 50).contains(Int($0)) }) }
  }

  @Test("it never comes back sooner than the hub asked, whatever the chance", arguments: [1, 30, 3_600])
  func retryAfter(_ seconds: Int) {
    for random in [0, 1, 499, .max] as [UInt64] {
      var backOff = BackOff()
      for _ in 0..<12 {
        #expect(backOff.wait(retryAfterSeconds: seconds, random: random) >= Int64(seconds) * 1_000)
      }
    }
  }

  @Test("any number of failures, and any wish of the hub, is survived")
  func extremes() {
    var backOff = BackOff(firstMilliseconds: 0, mostMilliseconds: 1_000)
    for _ in 0..<1_000 { #expect(backOff.wait(retryAfterSeconds: nil, random: .max) <= 1_000) }
    _ = backOff.wait(retryAfterSeconds: .max, random: .max)
    _ = backOff.wait(retryAfterSeconds: -5, random: .max)
  }

  @Test(
    "the proxy for an address is the one that http_proxy names, unless no_proxy names the address",
    arguments: [
      ("http://hub.org:8642", "http://proxy:3128", "", "proxy:3128"),
      ("http://hub.org", "proxy:3128", "", "proxy:3128"), ("http://hub.org", "http://proxy/", "", "proxy:80"),
      ("http://hub.org", "", "", nil), ("http://hub.org", "socks5://proxy:1080", "", nil),
      ("http://hub.org", "http://proxy:1", "*", nil), ("http://hub.org", "http://proxy:1", "hub.org", nil),
      ("http://hub.org", "http://proxy:1", "other.org, .org", nil),
      ("http://HUB.org", "http://proxy:1", "hub.ORG", nil), ("http://hub.org", "http://proxy:1", "ub.org", "proxy:1"),
      ("http://hub.org:8642", "http://proxy:1", "hub.org:80", "proxy:1"),
      ("http://hub.org:8642", "http://proxy:1", "hub.org:8642", nil),
      // What stays on this machine never leaves it for a proxy, and https has its own way.
      ("http://127.0.0.1:8642", "http://proxy:1", "", nil), ("http://localhost", "http://proxy:1", "", nil),
      ("http://[::1]:8642", "http://proxy:1", "", nil), ("https://hub.org", "http://proxy:1", "", nil),
    ] as [(String, String, String, String?)])
  func proxy(_ url: String, _ proxy: String, _ exempt: String, _ expected: String?) throws {
    let base = try #require(URL(string: url))
    let found = HTTPProxy(for: base, environment: ["http_proxy": proxy, "no_proxy": exempt, "HTTP_PROXY": "evil:1"])
    #expect(found.map { "\($0.host):\($0.port)" } == expected)
  }

  @Test("a proxy's name and password travel as it wants them, and not to the hub's own field")
  func authorization() throws {
    let base = try #require(URL(string: "http://hub.org"))
    let proxy = HTTPProxy(for: base, environment: ["http_proxy": "http://ana:p%40z@proxy:3128"])
    #expect(proxy?.authorization == "Basic " + Data("ana:p@z".utf8).base64EncodedString())
    let call = HubCall(method: "GET", path: "/v1/digest", token: "secret")
    let bytes = try call.bytes(
      host: "hub.org", prefix: "http://hub.org", userAgent: "test", proxyAuthorization: proxy?.authorization)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("GET http://hub.org/v1/digest HTTP/1.1\r\n"))
    #expect(text.contains("\r\nProxy-Authorization: Basic ") && text.contains("\r\nAuthorization: Bearer secret\r\n"))
  }
}
