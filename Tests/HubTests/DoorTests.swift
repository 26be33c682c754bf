import Crypto
import HTTP
@testable import Hub
import JSON
import TestKit
import Testing

@Suite("The door: who asks, and how often")
struct DoorTests {
  private let router = HubRouter(hub: "hub")
  private let good = "a good token"

  private var known: TokenSnapshot {
    var known = TokenSnapshot()
    known.valid = [SHA256.hash(Array(good.utf8)), SHA256.hash(Array("another".utf8))]
    return known
  }

  private func request(_ token: String?, from peer: String = "192.0.2.1", forwarded: [String] = []) -> HTTPRequest {
    var request = Desk.http("GET", "/v1/digest", token: token, type: nil)
    request.peer = peer
    for value in forwarded { request.fields.append(.init("X-Forwarded-For", value)) }
    return request
  }

  private func limits(_ token: Int, _ address: Int, _ refusals: Int) -> DoorLimits {
    var limits = DoorLimits()
    (limits.requestsPerToken, limits.requestsPerAddress, limits.refusalsPerAddress) = (token, address, refusals)
    limits.burstSeconds = 10
    return limits
  }

  @Test("a token may ask so often, then waits as long as it is told, and others do not wait with it")
  func perToken() {
    var door = Door(router, limits(60, 0, 0))
    for _ in 0..<10 { #expect(door.refusal(of: request(good), known: known, now: 1_000) == nil) }
    let refusal = door.refusal(of: request(good), known: known, now: 1_000).map { Answer($0) }
    #expect(refusal?.status == 429)
    #expect(refusal?.code == "too-many-requests")
    #expect(refusal?.field("Retry-After") == "1")
    #expect(door.refusal(of: request("another"), known: known, now: 1_000) == nil)
    #expect(door.refusal(of: request(good), known: known, now: 1_999)?.status == 429)
    #expect(door.refusal(of: request(good), known: known, now: 2_000) == nil)
    #expect(door.refusal(of: request(good), known: known, now: 2_000)?.status == 429)
  }

  @Test("an address may ask so often, whatever it asks with")
  func perAddress() {
    var door = Door(router, limits(0, 60, 0))
    for index in 0..<10 {
      let token = [good, "another", "wrong", nil][index % 4]
      #expect(door.refusal(of: request(token), known: known, now: 0)?.status != 429)
    }
    #expect(door.refusal(of: request(good), known: known, now: 0)?.status == 429)
    #expect(door.refusal(of: request(good, from: "192.0.2.2"), known: known, now: 0) == nil)
  }

  @Test("guesses run dry apart: who has a token is not shut out with them")
  func guesses() {
    var door = Door(router, limits(0, 0, 30))
    for _ in 0..<30 { #expect(door.refusal(of: request("wrong"), known: known, now: 0)?.status == 401) }
    for token in ["wrong", nil] { #expect(door.refusal(of: request(token), known: known, now: 0)?.status == 429) }
    #expect(door.refusal(of: request(good), known: known, now: 0) == nil)
    #expect(door.refusal(of: request("wrong"), known: known, now: 2_000)?.status == 401)
    #expect(door.refusal(of: request("wrong"), known: known, now: 2_000)?.status == 429)
  }

  @Test("no limit is no limit")
  func unlimited() {
    var door = Door(router, .none)
    for _ in 0..<10_000 { #expect(door.refusal(of: request(good), known: known, now: 0) == nil) }
    for _ in 0..<1_000 { #expect(door.refusal(of: request("wrong"), known: known, now: 0)?.status == 401) }
  }

  @Test(
    "only a trusted proxy's word about an address counts, and of it only what the proxy itself has added",
    arguments: [
      ("192.0.2.1", ["203.0.113.9"], "192.0.2.1"),
      ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
      ("10.0.0.1", ["198.51.100.7, 203.0.113.9"], "203.0.113.9"),
      ("10.0.0.1", ["198.51.100.7", "203.0.113.9 , 10.0.0.2"], "203.0.113.9"),
      ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
      ("10.0.0.1", [], "10.0.0.1"),
      ("10.0.0.1", [","], "10.0.0.1"),
      ("10.0.0.1", ["10.0.0.2"], "10.0.0.1"),
      ("10.0.0.1", [String(repeating: "1", count: 5_000)], "10.0.0.1"),
    ])
  func forwarded(_ peer: String, _ fields: [String], _ address: String) {
    var limits = DoorLimits()
    limits.trustedProxies = ["10.0.0.1", "10.0.0.2"]
    let door = Door(router, limits)
    #expect(door.clientAddress(of: request(good, from: peer, forwarded: fields)) == address)
  }

  @Test("ten thousand addresses are counted apart, and forgotten when their bucket is full again")
  func manyKeys() {
    var limiter = RateLimiter<Int>(perMinute: 60, burst: 1, mostKeys: 1_000)
    for key in 0..<1_000 {
      #expect(limiter.take(key, now: 0) == 0)
      #expect(limiter.take(key, now: 0) == 1)
    }
    // No room for more: they are let through rather than shut out.
    #expect(limiter.take(5_000, now: 0) == 0)
    #expect(limiter.take(5_000, now: 0) == 0)
    #expect(limiter.take(6_000, now: 20_000) == 0)
    #expect(limiter.take(6_000, now: 20_000) == 1)
  }

  @Test("a rate that no bucket can hold, and a clock that stands or runs, make no trap")
  func extremes() {
    var limiter = RateLimiter<Int>(perMinute: .max, burst: .max)
    #expect(limiter.take(1, now: .max) == 0)
    #expect(limiter.take(1, now: 0) == 0)
    var slow = RateLimiter<Int>(perMinute: 1, burst: 1)
    #expect(slow.take(1, now: .max) == 0)
    #expect(slow.take(1, now: 0) > 0)
  }

  @Test("joining is counted with the guesses, before an invite is looked at")
  func joins() {
    var door = Door(router, limits(0, 0, 30))
    var request = Desk.http("POST", "/v1/join", token: nil, body: Array("{}".utf8))
    request.peer = "192.0.2.1"
    for _ in 0..<30 { #expect(door.refusal(of: request, known: known, now: 0) == nil) }
    #expect(door.refusal(of: request, known: known, now: 0)?.status == 429)
    #expect(door.refusal(of: request, known: known, now: 2_000) == nil)
    #expect(door.refusal(of: self.request(good), known: known, now: 2_000) == nil)
  }

  @Test("all addresses of an IPv6 network are one")
  func networks() {
    var door = Door(router, limits(0, 0, 30))
    for index in 0..<30 {
      #expect(door.refusal(of: request("x", from: "2001:db8:1:2::\(index + 1)"), known: known, now: 0)?.status == 401)
    }
    #expect(door.refusal(of: request("x", from: "2001:db8:1:2:9::9"), known: known, now: 0)?.status == 429)
    #expect(door.refusal(of: request("x", from: "2001:db8:1:3::1"), known: known, now: 0)?.status == 401)
  }

  @Test("what a proxy says of an address is read with its port, and believed only if it is one")
  func forwardedForms() {
    var limits = limits(0, 0, 0)
    limits.trustedProxies = ["192.0.2.9"]
    let door = Door(router, limits)
    for (said, address) in [
      ("198.51.100.7", "198.51.100.7"), ("198.51.100.7:5123", "198.51.100.7"), ("[2001:db8::1]:443", "2001:db8::1"),
      ("[2001:DB8::1]", "2001:db8::1"), ("2001:db8:0::1", "2001:db8::1"), ("unknown", "192.0.2.9"),
      ("<script>", "192.0.2.9"), ("_hidden", "192.0.2.9"), ("198.51.100.7.", "192.0.2.9"),
    ] {
      let request = request(good, from: "192.0.2.9", forwarded: [said])
      #expect(door.clientAddress(of: request) == address, "\(said)")
    }
  }

  @Test("a slow rate refills for who asks all the time")
  func slowRate() {
    var limiter = RateLimiter<Int>(perMinute: 5, burst: 1)
    #expect(limiter.take(1, now: 0) == 0)
    let passed = stride(from: UInt64(3), through: 24_000, by: 3).filter { limiter.take(1, now: $0) == 0 }
    #expect(passed == [12_000, 24_000])
  }
}
