import Glibc
import HTTP
import Net
import Testing

/// All times are out of reach here: only the memory that is held may end a connection.
@Suite("A server that holds too much cuts off the slowest")
struct SheddingTests {
  private static let mebibyte = 1024 * 1024

  private var patient: HTTPLimits {
    var limits = HTTPLimits()
    (limits.headSeconds, limits.bodySeconds, limits.writeSeconds) = (10_000, 10_000, 10_000)
    return limits
  }

  private static func bounds(_ heldBytes: Int) -> ServerBounds {
    var bounds = ServerBounds()
    bounds.heldBytes = heldBytes
    return bounds
  }

  /// Waits until no more than so many connections are open; what never comes is a failure.
  private func waitFor(_ most: Int, _ running: borrowing RunningServer) {
    for _ in 0..<1_000 where running.server.openConnections > most { usleep(10_000) }
    #expect(running.server.openConnections <= most)
  }

  /// A connection whose answer tells that all that came before it has been accepted and read.
  private func probe(_ running: borrowing RunningServer) throws -> Client {
    let client = try running.client()
    try client.send("GET", "/probe")
    #expect(try client.receive().status == 200)
    return client
  }

  @Test("answers that nobody reads go, and who reads gets his whole")
  func unread() throws {
    let size = 8 * Self.mebibyte
    let running = try RunningServer(
      limits: patient, bounds: Self.bounds(20 * Self.mebibyte),
      handler: { _, answer in answer(HTTPResponse(status: 200, body: Array(repeating: 97, count: size))) })
    var silent: [Client] = []
    for _ in 0..<6 {
      let client = try running.client(receiveBuffer: 4096)
      try client.send("GET", "/")
      // Its answer has begun.
      _ = client.read()
      silent.append(client)
    }
    waitFor(2, running)
    let reader = try running.client()
    try reader.send("GET", "/")
    #expect(try reader.receive().body.count == size)
    #expect(running.server.openConnections >= 2)
    // They are open to the end, and not closed with their last mention.
    withExtendedLifetime(silent) {}
  }

  @Test("bodies that do not go on go, and one that does is taken whole")
  func unfinished() throws {
    let running = try RunningServer(limits: patient, bounds: Self.bounds(100_000))
    let part = Array(repeating: UInt8(97), count: 40_000)
    func begin() throws -> Client {
      let client = try running.client()
      client.expect("POST")
      client.send(Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\n".utf8) + part)
      return client
    }
    let stuck = try (0..<6).map { _ in try begin() }
    let first = try probe(running)
    waitFor(3, running)
    let writer = try begin()
    let second = try probe(running)
    waitFor(4, running)
    writer.send(part[..<10_000])
    #expect(try writer.receive().body.count == 50_000)
    // They are open to the end, and not closed with their last mention.
    withExtendedLifetime((stuck, first, second)) {}
  }

  @Test("heads that do not end go")
  func heads() throws {
    let running = try RunningServer(limits: patient, bounds: Self.bounds(50_000))
    let line = "X-Long: " + String(repeating: "a", count: 7_000) + "\r\n"
    let stuck = try (0..<10).map { _ in
      let client = try running.client()
      client.send(("GET / HTTP/1.1\r\nHost: h\r\n" + line + line + line).utf8)
      return client
    }
    let other = try probe(running)
    waitFor(3, running)
    withExtendedLifetime((stuck, other)) {}
  }

  @Test("hundreds go, a portion in each turn of the loop, until there is room")
  func hundreds() throws {
    let running = try RunningServer(limits: patient, bounds: Self.bounds(Self.mebibyte))
    let part = Array(repeating: UInt8(97), count: 1_000)
    let stuck = try (0..<300).map { _ in
      let client = try running.client()
      client.send(Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n".utf8) + part)
      return client
    }
    #expect(eventually { running.figures.heldBytes >= 300_000 })
    #expect(running.figures.shedConnections == 0)
    // What comes now needs the room of at least half of them.
    let writer = try running.client()
    let long = Array(repeating: UInt8(98), count: 900_000)
    writer.expect("POST")
    writer.send(Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(long.count + 1)\r\n\r\n".utf8) + long)
    #expect(eventually { running.figures.shedConnections > 100 && running.figures.heldBytes <= Self.mebibyte })
    writer.send([98])
    #expect(try writer.receive().body.count == long.count + 1)
    #expect(running.figures.shedConnections > 100)
    #expect(running.server.openConnections == 301 - running.figures.shedConnections)
    withExtendedLifetime(stuck) {}
  }

  @Test("who holds nothing is left alone")
  func idle() throws {
    let running = try RunningServer(limits: patient, bounds: Self.bounds(50_000))
    var idle: [Client] = []
    for _ in 0..<20 {
      let client = try running.client()
      try client.send("GET", "/")
      _ = try client.receive()
      idle.append(client)
    }
    let writer = try running.client()
    let body = Array(repeating: UInt8(97), count: 1_000_000)
    try writer.send("POST", "/", body: body)
    #expect(try writer.receive().body == body)
    for client in idle {
      try client.send("GET", "/")
      #expect(try client.receive().status == 200)
    }
  }
}
