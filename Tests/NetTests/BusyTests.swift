import Foundation
import HTTP
import Net
import Testing

/// A handler that does not answer is a store that is held up.
@Suite("A server whose requests wait for their answers", .timeLimit(.minutes(1)))
struct BusyTests {
  private typealias Held = Locked<[(request: HTTPRequest, answer: @Sendable (HTTPResponse) -> Void)]>
  private let held = Held([])

  /// Half of what it may hold is 200,000 bytes, three quarters are 300,000.
  private func serve() throws -> RunningServer {
    var bounds = ServerBounds()
    bounds.heldBytes = 400_000
    let held = held
    return try RunningServer(
      bounds: bounds, handler: { request, answer in held.withLock { $0.append((request, answer)) } },
      allowance: { request in
        guard request.path == "/long" else { return BodyAllowance(limit: 10_000_000) }
        let spool = SpoolFile(SpoolFolder(path: NSTemporaryDirectory()), limit: 10_000_000)
        return BodyAllowance(limit: 10_000_000, spool: spool)
      })
  }

  private func post(_ running: borrowing RunningServer, _ bytes: Int) throws -> Client {
    let client = try running.client()
    try client.send("POST", "/", body: Array(repeating: 97, count: bytes))
    return client
  }

  private func expectBusy(_ client: Client) throws {
    let answer = try client.receive()
    #expect(answer.status == 503)
    #expect(answer.fields["retry-after"] == "5")
  }

  @Test("bodies count until they are answered; beyond the bound others are told to come again, and then they may")
  func recovers() throws {
    let running = try serve()
    let first = try post(running, 150_000)
    #expect(eventually { held.withLock { $0.count } == 1 })
    #expect(running.figures.requestBytes == 150_000)
    try expectBusy(try post(running, 100_000))
    // It need not come first: its length is known by the head.
    let long = try running.client()
    long.expect("POST")
    long.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n".utf8)
    try expectBusy(long)
    // A small one has room, and who sends no body needs none.
    let small = try post(running, 60_000)
    #expect(eventually { held.withLock { $0.count } == 2 })
    #expect(running.figures.requestBytes == 210_000)
    let asking = try running.client()
    try asking.send("GET", "/")
    #expect(eventually { held.withLock { $0.count } == 3 })
    let more = try post(running, 60_000)
    #expect(eventually { held.withLock { $0.count } == 4 })
    try expectBusy(try post(running, 60_000))
    #expect(held.withLock { $0.count } == 4)

    for (request, answer) in held.withLock({ $0 }) { answer(RunningServer.echo(request)) }
    #expect(try first.receive().body.count == 150_000)
    #expect(try small.receive().body.count == 60_000)
    #expect(try more.receive().body.count == 60_000)
    #expect(try asking.receive().status == 200)
    #expect(eventually { running.figures.requestBytes == 0 })
    let again = try post(running, 150_000)
    #expect(eventually { held.withLock { $0.count } == 5 })
    held.withLock { $0 }[4].answer(.text("taken"))
    #expect(try again.receive().status == 200)
  }

  @Test("a body that was let in before others took the room is told so when it is whole, and the connection serves on")
  func lateWhole() throws {
    let running = try serve()
    let slow = try running.client()
    slow.expect("POST")
    slow.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    slow.send("15f90\r\n".utf8)
    slow.send(Array(repeating: 97, count: 0x15f90))
    #expect(eventually { running.figures.heldBytes >= 0x15f90 })
    let first = try post(running, 150_000)
    #expect(eventually { held.withLock { $0.count } == 1 })
    slow.send("\r\n0\r\n\r\n".utf8)
    try expectBusy(slow)
    #expect(held.withLock { $0.count } == 1)
    try slow.send("GET", "/")
    #expect(eventually { held.withLock { $0.count } == 2 })
    for (_, answer) in held.withLock({ $0 }) { answer(.text("done")) }
    #expect(try slow.receive().status == 200)
    #expect(try first.receive().status == 200)
  }

  @Test("the memory of a request is the handler's until it answers or lets go, though the client be gone")
  func clientGone() throws {
    let running = try serve()
    do {
      let client = try post(running, 150_000)
      #expect(eventually { held.withLock { $0.count } == 1 })
      client.resetAtEnd()
    }
    #expect(eventually { running.server.openConnections == 0 })
    #expect(running.figures.requestBytes == 150_000)
    try expectBusy(try post(running, 100_000))
    // Let go without an answer.
    held.withLock { $0 = [] }
    #expect(eventually { running.figures.requestBytes == 0 })
    let next = try post(running, 100_000)
    #expect(eventually { held.withLock { $0.count } == 1 })
    withExtendedLifetime(next) {}
  }

  @Test("a body that goes to a file takes no more room than what is held of it")
  func spooled() throws {
    let running = try serve()
    let first = try post(running, 150_000)
    #expect(eventually { held.withLock { $0.count } == 1 })
    let long = try running.client()
    try long.send("POST", "/long", body: Array(repeating: 97, count: 1_000_000))
    #expect(eventually { held.withLock { $0.count } == 2 })
    #expect(held.withLock { $0 }[1].request.spool?.count == 1_000_000)
    #expect(running.figures.requestBytes == 150_000)
    for (_, answer) in held.withLock({ $0 }) { answer(.text("taken")) }
    #expect(try long.receive().status == 200)
    #expect(try first.receive().status == 200)
  }

  @Test("one request alone may be larger than the bound")
  func alone() throws {
    let running = try serve()
    let client = try post(running, 1_000_000)
    #expect(eventually { held.withLock { $0.count } == 1 })
    try expectBusy(try post(running, 1))
    held.withLock { $0 }[0].answer(.text("taken"))
    #expect(try client.receive().status == 200)
  }
}
