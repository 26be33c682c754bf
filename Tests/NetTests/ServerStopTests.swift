import HTTP
import Net
import Testing

@Suite("Server.stop", .timeLimit(.minutes(1)))
struct ServerStopTests {
  @Test("stopping closes idle connections, answers the request in flight, and returns")
  func drains() throws {
    let answers = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { request, answer in
      if request.path == "/wait" { return answers.withLock { $0.append(answer) } }
      answer(RunningServer.echo(request))
    }
    let idle = try running.client()
    try idle.send("GET", "/")
    _ = try idle.receive()
    let busy = try running.client()
    try busy.send("GET", "/wait")
    #expect(eventually { answers.withLock { $0.count } == 1 })

    let server = running.server
    let stopping = Background { server.stop(graceMilliseconds: 8000) }
    #expect(idle.read() == [])
    answers.withLock { $0 }[0](.text("done"))
    let answer = try busy.receive()
    #expect(answer.body == Array("done".utf8))
    #expect(answer.closes)
    #expect(stopping.wait())
    #expect(server.openConnections == 0)
  }

  @Test("what is answered once a stop has begun is the last on its connection, though nobody waits for the stop yet")
  func begun() throws {
    let answers = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { _, answer in answers.withLock { $0.append(answer) } }
    let client = try running.client()
    try client.send("GET", "/wait")
    #expect(eventually { answers.withLock { $0.count } == 1 })
    running.server.beginStop(graceMilliseconds: 8000)
    answers.withLock { $0 }[0](.text("done"))
    #expect(try client.receive().closes)
    #expect(client.read() == [])
  }

  @Test("when the grace is over what is left is closed")
  func graceIsOver() throws {
    let running = try RunningServer { _, _ in }
    let held = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let holding = try RunningServer { _, answer in held.withLock { $0.append(answer) } }
    let client = try holding.client()
    try client.send("GET", "/")
    #expect(eventually { held.withLock { $0.count } == 1 })
    holding.server.stop(graceMilliseconds: 100)
    #expect(client.read()?.isEmpty != false)
    #expect(holding.server.openConnections == 0)
    // Too late, and without effect.
    held.withLock { $0 }[0](.text("late"))
    running.server.stop(graceMilliseconds: 100)
    running.server.stop(graceMilliseconds: 100)
  }

  @Test("run returns after stop, also when stop came first or comes from a handler")
  func runReturns() throws {
    let early = try Server(host: "127.0.0.1", port: 0) { _, _ in }
    early.stop(graceMilliseconds: 1000)
    early.run()

    let server = Locked<Server?>(nil)
    let made = try Server(host: "127.0.0.1", port: 0) { _, answer in
      server.withLock { $0 }?.stop(graceMilliseconds: 5000)
      answer(.text("bye"))
    }
    server.withLock { $0 = made }
    let running = Background { made.run() }
    let client = try Client(made.port)
    try client.send("GET", "/")
    #expect(try client.receive().body == Array("bye".utf8))
    #expect(client.read() == [])
    client.finish()
    #expect(running.wait())
    server.withLock { $0 = nil }
  }

  @Test("an answer under load is either whole or not begun when the server stops")
  func stopUnderLoad() throws {
    let running = try RunningServer()
    let clients = try (0..<20).map { _ in try running.client() }
    for client in clients {
      for _ in 0..<20 { try client.send("POST", "/", body: [UInt8](repeating: 7, count: 10_000)) }
    }
    running.server.stop(graceMilliseconds: 5000)
    for client in clients {
      while let answer = try? client.receive() { #expect(answer.body.count == 10_000) }
    }
    #expect(running.server.openConnections == 0)
  }
}
