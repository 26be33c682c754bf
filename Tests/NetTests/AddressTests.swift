import HTTP
@testable import Net
import Testing

@Suite("How many connections an address may have")
struct AddressTests {
  private static func bounds(_ limit: Int, unlimited: Set<String> = []) -> ServerBounds {
    var bounds = ServerBounds()
    bounds.connectionsPerAddress = limit
    bounds.countsLoopback = true
    bounds.unlimitedAddresses = unlimited
    return bounds
  }

  @Test("each block has its own count, and one that is empty is forgotten")
  func counts() throws {
    let (one, other) = (try #require(AddressBlock([192, 0, 2, 1])), try #require(AddressBlock([192, 0, 2, 2])))
    var counts = AddressCounts(limit: 2)
    func admitted(_ block: AddressBlock, of tries: Int) -> Int { (0..<tries).count { _ in counts.admit(block) } }
    #expect(admitted(one, of: 3) == 2)
    #expect(admitted(other, of: 1) == 1)
    counts.release(one)
    #expect(admitted(one, of: 3) == 1)
    for _ in 0..<3 { counts.release(one) }
    #expect(admitted(one, of: 3) == 2)
    #expect(admitted(other, of: 3) == 1)
    counts = AddressCounts(limit: 0)
    #expect(admitted(one, of: 1_000) == 1_000)
  }

  @Test(
    "an IPv6 address counts with its /64, an IPv4 address by itself, also through an IPv6 socket",
    arguments: [
      ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
      ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
      ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("0.0.0.0", "::", false),
    ])
  func blocks(_ left: String, _ right: String, _ isSame: Bool) throws {
    let blocks = try [left, right].map { try #require(SocketAddress(numeric: $0)?.block) }
    #expect((blocks[0] == blocks[1]) == isSame)
  }

  @Test(
    "an address has one spelling, and a name is none",
    arguments: [
      ("2001:DB8:0:0::1", "2001:db8::1"), ("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"), ("localhost", nil),
      ("", nil), ("10.0.0.1:80", nil), ("[::1]", nil), ("10.0.0.256", nil),
    ] as [(String, String?)])
  func spelling(_ text: String, _ normal: String?) { #expect(HostAddress.normalized(text) == normal) }

  @Test(
    "this machine itself is known",
    arguments: [("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("128.0.0.1", false), ("::2", false)])
  func loopback(_ text: String, _ isLoopback: Bool) throws {
    #expect(try #require(SocketAddress(numeric: text)).isLoopback == isLoopback)
  }

  @Test("one connection too many is told so and closed, and there is room again when another goes")
  func refused() throws {
    let running = try RunningServer(bounds: Self.bounds(3))
    var clients: [Client] = []
    for _ in 0..<3 {
      let client = try running.client()
      try client.send("GET", "/")
      #expect(try client.receive().status == 200)
      clients.append(client)
    }
    for number in 1...2 {
      let late = try running.client()
      try late.send("GET", "/")
      let answer = try late.receive()
      #expect(answer.status == 503)
      #expect(answer.fields["retry-after"] == "5")
      #expect(String(decoding: answer.body, as: UTF8.self).contains("http-connections"))
      #expect(late.read()?.isEmpty != false)
      #expect(running.figures.refusedConnections == number)
    }
    // Another address is not meant, and those who are there stay.
    let other = try running.client(source: 2)
    for client in clients + [other] {
      try client.send("GET", "/")
      #expect(try client.receive().status == 200)
    }
    clients.removeLast()
    #expect(eventually { running.server.openConnections == 3 })
    let next = try running.client()
    try next.send("GET", "/")
    #expect(try next.receive().status == 200)
  }

  @Test("a connection that is refused takes nobody's place: its going gives none back")
  func noCredit() throws {
    let running = try RunningServer(bounds: Self.bounds(1))
    let first = try running.client()
    try first.send("GET", "/")
    #expect(try first.receive().status == 200)
    for _ in 0..<5 {
      let late = try running.client()
      try late.send("GET", "/")
      #expect(try late.receive().status == 503)
    }
    #expect(running.server.openConnections == 1)
  }

  @Test("a trusted proxy, and by default this machine itself, may have any number")
  func unlimited() throws {
    var usual = Self.bounds(1)
    usual.countsLoopback = false
    for bounds in [usual, Self.bounds(1, unlimited: ["127.0.0.1"])] {
      let running = try RunningServer(bounds: bounds)
      let clients = try (0..<20).map { _ in try running.client() }
      for client in clients {
        try client.send("GET", "/")
        #expect(try client.receive().status == 200)
      }
      #expect(running.figures.refusedConnections == 0)
    }
  }
}
