import Dispatch
import HTTP
import Net
import Testing

@Suite("A server to which much happens at once", .timeLimit(.minutes(1)))
struct PortionTests {
  private static let crowd = 300

  @Test("of hundreds of connections that are cut in one moment none is forgotten, and others are served meanwhile")
  func sweep() throws {
    var limits = HTTPLimits()
    (limits.headSeconds, limits.lingerSeconds) = (2, 1)
    let (faults, served) = (Locked(0), Locked<Int?>(nil))
    let (begun, sent) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let running = try RunningServer(
      limits: limits,
      handler: { request, answer in
        if request.path == "/meanwhile" { served.withLock { $0 = faults.withLock { $0 } } }
        answer(RunningServer.echo(request))
      },
      onFault: { response in
        // The first is held until somebody has asked: what he asks for is there while the others are cut.
        if faults.withLock({ faults in
          faults += 1
          return faults == 1
        }) {
          begun.signal()
          sent.wait()
        }
        return response
      })
    let honest = try running.client()
    try honest.send("GET", "/")
    #expect(try honest.receive().status == 200)
    let slow = try (0..<Self.crowd).map { _ in
      let client = try running.client()
      client.expect("GET")
      client.send("GET / HTTP/1.1\r\n".utf8)
      return client
    }
    begun.wait()
    try honest.send("GET", "/meanwhile")
    sent.signal()
    #expect(try honest.receive().status == 200)
    #expect(try #require(served.withLock { $0 }) <= 100)
    for client in slow { #expect(try client.receive().status == 408) }
    #expect(faults.withLock { $0 } == Self.crowd)
    #expect(eventually { running.server.openConnections == 1 })
  }

  @Test("hundreds of answers that come at once are all delivered, and others are served meanwhile")
  func letters() throws {
    let waiting = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { request, answer in
      if request.path == "/wait" { waiting.withLock { $0.append(answer) } } else { answer(RunningServer.echo(request)) }
    }
    let clients = try (0..<Self.crowd).map { _ in
      let client = try running.client()
      for _ in 0..<2 { try client.send("GET", "/wait") }
      return client
    }
    for _ in 0..<2 {
      #expect(eventually { waiting.withLock { $0.count } == Self.crowd })
      let all = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for answer in all { answer(.text("news")) }
    }
    for client in clients {
      for _ in 0..<2 { #expect(try client.receive().body == Array("news".utf8)) }
    }
  }

  @Test("a server that stops tells all of hundreds of connections, and answers those who wait")
  func drain() throws {
    let waiting = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { request, answer in
      if request.path == "/wait" { waiting.withLock { $0.append(answer) } } else { answer(RunningServer.echo(request)) }
    }
    let clients = try (0..<Self.crowd).map { number in
      let client = try running.client()
      try client.send("GET", number % 3 == 0 ? "/wait" : "/")
      return client
    }
    for (number, client) in clients.enumerated() where number % 3 != 0 { #expect(try client.receive().status == 200) }
    #expect(eventually { waiting.withLock { $0.count } == Self.crowd / 3 })
    let server = running.server
    let stopping = Background { server.stop(graceMilliseconds: 20_000) }
    for (number, client) in clients.enumerated() where number % 3 != 0 { #expect(client.read() == []) }
    for answer in waiting.withLock({ $0 }) { answer(.text("done")) }
    for (number, client) in clients.enumerated() where number % 3 == 0 {
      let answer = try client.receive()
      #expect(answer.body == Array("done".utf8))
      #expect(answer.closes)
      client.finish()
    }
    #expect(stopping.wait())
    #expect(server.openConnections == 0)
  }
}
