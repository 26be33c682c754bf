import Dispatch
import HTTP
import Net
import Testing

@Suite("Server", .timeLimit(.minutes(1)))
struct ServerTests {
  @Test("a connection serves one request after another")
  func keepAlive() throws {
    let running = try RunningServer()
    let client = try running.client()
    for number in 0..<100 {
      try client.send("GET", "/\(number)")
      let answer = try client.receive()
      #expect(answer.status == 200)
      #expect(answer.body == Array("/\(number)".utf8))
      #expect(answer.fields.count(of: "date") == 1)
    }
    #expect(running.server.openConnections == 1)
  }

  @Test("requests that come together are answered in order, the odd ones late")
  func pipelining() throws {
    let running = try RunningServer { request, answer in
      if request.path.hasSuffix("1") {
        DispatchQueue.global().async { answer(RunningServer.echo(request)) }
      } else {
        answer(RunningServer.echo(request))
      }
    }
    let client = try running.client()
    for number in 0..<500 { try client.send("GET", "/\(number)") }
    for number in 0..<500 { #expect(try client.receive().body == Array("/\(number)".utf8)) }
  }

  @Test("a body of 1 MiB goes both ways unharmed")
  func largeBodies() throws {
    let running = try RunningServer()
    let client = try running.client()
    let body = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    for _ in 0..<3 {
      #expect(try client.send("POST", "/", body: body))
      #expect(try client.receive().body == body)
    }
  }

  @Test("an answer may come from another thread, a second one is ignored, and none is a 500")
  func otherThread() throws {
    let running = try RunningServer { request, answer in
      if request.path == "/none" { return }
      DispatchQueue.global().async {
        answer(.text("first"))
        answer(.text("second"))
      }
    }
    let client = try running.client()
    for _ in 0..<200 {
      try client.send("GET", "/")
      #expect(try client.receive().body == Array("first".utf8))
    }
    try client.send("GET", "/none")
    #expect(try client.receive().status == 500)
    try client.send("GET", "/")
    #expect(try client.receive().status == 200)
  }

  @Test("many waiting requests are answered by one that comes later")
  func fanOut() throws {
    let waiting = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { request, answer in
      if request.path == "/wait" { return waiting.withLock { $0.append(answer) } }
      let all = waiting.withLock { all in
        defer { all = [] }
        return all
      }
      for waiter in all { waiter(.text("news")) }
      answer(.text("told \(all.count)"))
    }
    let clients = try (0..<50).map { _ in try running.client() }
    for client in clients { try client.send("GET", "/wait") }
    #expect(eventually { waiting.withLock { $0.count } == 50 })
    let teller = try running.client()
    try teller.send("POST", "/tell")
    #expect(try teller.receive().body == Array("told 50".utf8))
    for client in clients { #expect(try client.receive().body == Array("news".utf8)) }
  }

  @Test("a slow reader gets its answer whole and holds up nobody")
  func slowReader() throws {
    let size = 8 << 20
    let running = try RunningServer { request, answer in
      answer(
        HTTPResponse(status: 200, body: [UInt8](repeating: 0x78, count: request.path == "/big" ? size : 3)))
    }
    let slow = try running.client(receiveBuffer: 4096)
    try slow.send("GET", "/big")
    try slow.send("GET", "/small")
    let quick = try running.client()
    for _ in 0..<50 {
      try quick.send("GET", "/")
      #expect(try quick.receive().body.count == 3)
    }
    #expect(try slow.receive().body.count == size)
    #expect(try slow.receive().body.count == 3)
  }

  @Test("a client that closes its half after a request gets the answer, and then the end")
  func halfClose() throws {
    let answers = Locked<[@Sendable (HTTPResponse) -> Void]>([])
    let running = try RunningServer { _, answer in answers.withLock { $0.append(answer) } }
    let client = try running.client()
    try client.send("GET", "/")
    client.finish()
    #expect(eventually { answers.withLock { $0.count } == 1 })
    answers.withLock { $0 }[0](.text("late"))
    let answer = try client.receive()
    #expect(answer.body == Array("late".utf8))
    #expect(client.read() == [])
    #expect(eventually { running.server.openConnections == 0 })
  }

  @Test("200 connections at once are all served")
  func manyConnections() throws {
    let running = try RunningServer()
    let clients = try (0..<200).map { _ in try running.client() }
    for round in 0..<3 {
      for (number, client) in clients.enumerated() {
        try client.send("POST", "/\(number)", body: [UInt8(round)])
      }
      for client in clients { #expect(try client.receive().body == [UInt8(round)]) }
    }
    #expect(running.server.openConnections == 200)
  }

  @Test("a connection that is reset in the middle of a body, or while it is answered, harms nobody")
  func reset() throws {
    let held = Locked<[(path: String, answer: @Sendable (HTTPResponse) -> Void)]>([])
    let running = try RunningServer { request, answer in
      held.withLock { $0.append((request.path, answer)) }
    }
    do {
      let uploading = try running.client()
      uploading.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n0123456789".utf8)
      uploading.resetAtEnd()
      let waiting = try running.client()
      try waiting.send("GET", "/gone")
      #expect(eventually { held.withLock { $0.count } == 1 })
      waiting.resetAtEnd()
    }
    #expect(eventually { running.server.openConnections == 0 })
    // One of these gets the descriptor of the one that is gone, and must not get its answer.
    let clients = try (0..<8).map { _ in try running.client() }
    for (number, client) in clients.enumerated() { try client.send("GET", "/\(number)") }
    #expect(eventually { held.withLock { $0.count } == 9 })
    for (path, answer) in held.withLock({ $0 }) { answer(.text(path)) }
    for (number, client) in clients.enumerated() {
      #expect(try client.receive().body == Array("/\(number)".utf8))
    }
  }

  @Test("a refused upload gets its answer although it is still being sent")
  func earlyRefusal() throws {
    let running = try RunningServer(precheck: { _ in .problem(status: 401, code: "no-token") })
    let client = try running.client()
    client.expect("POST")
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n".utf8)
    for _ in 0..<60 { client.send([UInt8](repeating: 0x61, count: 65_536)) }
    let answer = try client.receive()
    #expect(answer.status == 401)
    #expect(answer.closes)
  }

  @Test("a head that does not end is answered 408 in time, and the connection is gone")
  func headTimeout() throws {
    var limits = HTTPLimits()
    limits.headSeconds = 1
    limits.lingerSeconds = 1
    let running = try RunningServer(limits: limits)
    let silent = try running.client()
    let client = try running.client()
    client.expect("GET")
    client.send("GET / HTTP/1.1\r\n".utf8)
    #expect(try client.receive().status == 408)
    #expect(client.read() == [])
    #expect(silent.read() == [])
    #expect(eventually { running.server.openConnections == 0 })
  }

  @Test("a client that never reads is cut off")
  func neverReads() throws {
    var limits = HTTPLimits()
    limits.writeSeconds = 2
    let running = try RunningServer(limits: limits) { _, answer in
      answer(HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 64 << 20)))
    }
    let client = try running.client(receiveBuffer: 4096)
    try client.send("GET", "/")
    #expect(eventually { running.server.openConnections == 1 })
    #expect(eventually { running.server.openConnections == 0 })
    _ = client.send([1])
  }

  @Test("beyond the limit connections wait until others have gone")
  func connectionLimit() throws {
    var bounds = ServerBounds()
    bounds.connections = 2
    let running = try RunningServer(bounds: bounds)
    var clients = try (0..<4).map { _ in try running.client() }
    for client in clients { try client.send("GET", "/") }
    for _ in 0..<4 {
      #expect(try clients[0].receive().status == 200)
      #expect(running.server.openConnections <= 2)
      clients.removeFirst()
    }
  }

  @Test("an address that cannot be had is an error with a reason")
  func bindErrors() throws {
    let running = try RunningServer()
    let failure = #expect(throws: NetError.self) {
      try Server(host: "127.0.0.1", port: running.server.port) { _, _ in }
    }
    #expect(failure?.operation == "bind")
    #expect(throws: NetError.self) { try Server(host: "not an address", port: 0) { _, _ in } }
  }

  @Test(
    "a server listens at IPv6 addresses and at localhost", arguments: ["::1", "localhost", "0.0.0.0", "::"])
  func addresses(_ host: String) throws {
    let server = try Server(host: host, port: 0) { request, answer in answer(.text(request.peer)) }
    server.start()
    defer { server.stop(graceMilliseconds: 0) }
    #expect(server.port > 0)
    guard host != "::1" else { return }
    let client = try Client(server.port)
    try client.send("GET", "/")
    #expect(try client.receive().body == Array("127.0.0.1".utf8))
  }
}
