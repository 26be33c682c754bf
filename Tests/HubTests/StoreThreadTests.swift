import Dispatch
import HTTP
import Hub
import JSON
import Net
import Store
import Sync
import TestKit
import Testing

@Suite("The store's thread")
struct StoreThreadTests {
  private let desk: Desk
  private let scribe: Scribe
  private let thread: StoreThread

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-aaaaa")
    scribe.push(scribe.title(1, Desk.record(1), "one"))
    let path = desk.world.folder.path("copy.db")
    try desk.world.backUpHub(as: "copy.db")
    let service = try HubService(
      store: Store(path: path, role: .hub), version: "test", clock: { 1 },
      random: { Array(repeating: 7, count: $0) })
    service.makeBackups { path + "-backup" }
    thread = try StoreThread(service)
  }

  private func request(_ method: String, _ target: String, _ token: String?) throws -> HubRequest {
    try desk.waiting(Desk.http(method, target, token: token, type: nil))
  }

  /// Asks again whenever it is answered, so that there is always somebody to be served, until the hub stops.
  private final class Crowd: Sendable {
    let thread: StoreThread
    let request: HubRequest
    let isOver = Locked(false)

    init(_ thread: StoreThread, _ request: HubRequest, _ count: Int) {
      (self.thread, self.request) = (thread, request)
      for _ in 0..<count { ask() }
    }

    func ask() {
      thread.submit(request) { [self] response in
        if response.status == 200, !isOver.withLock({ $0 }) { ask() }
      }
    }

    func end() { isOver.withLock { $0 = true } }
  }

  /// Keeps the thread from what comes now until the gate opens.
  private func hold(_ gate: DispatchSemaphore) throws {
    let isHeld = DispatchSemaphore(value: 0)
    thread.submit(try request("GET", "/healthz", nil)) { _ in
      isHeld.signal()
      gate.wait()
    }
    #expect(isHeld.wait(timeout: .now() + 20) == .success)
  }

  private func crowd() throws -> Crowd { Crowd(thread, try request("GET", "/healthz", nil), 200) }

  @Test("who waits in vain is told so in time, and a copy is made, though requests never cease to come")
  func ceaseless() throws {
    let crowd = try crowd()
    let done = DispatchSemaphore(value: 0)
    let head = desk.hub.log.head.description
    thread.submit(try request("GET", "/v1/changes?since=\(head)&wait=1", scribe.token)) { response in
      if response.status == 200 { done.signal() }
    }
    thread.submit(try request("POST", "/v1/backup", desk.admin)) { response in
      if response.status == 201 { done.signal() }
    }
    #expect(done.wait(timeout: .now() + 20) == .success)
    #expect(done.wait(timeout: .now() + 20) == .success)
    crowd.end()
    thread.finish()
  }

  @Test("it can be ended though requests never cease to come; who was not served hears that the hub stops")
  func finishing() throws {
    let crowd = try crowd()
    let (done, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    thread.stopWaiting()
    DispatchQueue.global().async { [thread] in
      thread.finish()
      done.signal()
    }
    #expect(done.wait(timeout: .now() + 20) == .success)
    crowd.end()
    thread.submit(try request("GET", "/healthz", nil)) { response in
      if response.status == 503, Answer(response).code == "busy" { gate.signal() }
    }
    #expect(gate.wait(timeout: .now() + 20) == .success)
  }

  @Test("reading that may take long goes one at a time, each token in turn, and nobody else waits for it")
  func turns() throws {
    let (gate, done, order) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), Locked([String]()))
    let reader = try desk.token("reader")
    try hold(gate)
    func submit(_ name: String, _ request: HubRequest) {
      thread.submit(request) { _ in
        order.withLock { $0.append(name) }
        done.signal()
      }
    }
    for _ in 0..<4 { submit("one", try request("GET", "/v1/records?text=paz", scribe.token)) }
    for _ in 0..<2 { submit("two", try request("GET", "/v1/records?text=paz", reader)) }
    let batch = Scribe.batch([scribe.title(2, Desk.record(2), "news")])
    submit("write", try desk.waiting(Desk.http("POST", "/v1/changes", token: scribe.token, body: Array(batch.utf8))))
    submit("health", try request("GET", "/healthz", nil))
    gate.signal()
    for _ in 0..<8 { #expect(done.wait(timeout: .now() + 20) == .success) }
    #expect(order.withLock { $0 } == ["one", "write", "health", "two", "one", "two", "one", "one"])
    thread.finish()
  }

  @Test("a group ends when many changes came together")
  func groups() throws {
    let (gate, done, order) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), Locked([String]()))
    try hold(gate)
    let batch = Scribe.batch((1...1_000).map { scribe.title(Int64($0) + 1, Desk.record($0), "x") })
    let write = try desk.waiting(Desk.http("POST", "/v1/changes", token: scribe.token, body: Array(batch.utf8)))
    func submit(_ name: String, _ request: HubRequest) {
      thread.submit(request) { _ in
        order.withLock { $0.append(name) }
        done.signal()
      }
    }
    for _ in 0..<3 { submit("write", write) }
    // One of these goes with each group, before the others of it.
    for _ in 0..<2 { submit("read", try request("GET", "/v1/status", desk.admin)) }
    gate.signal()
    for _ in 0..<5 { #expect(done.wait(timeout: .now() + 60) == .success) }
    #expect(order.withLock { $0 } == ["read", "write", "write", "read", "write"])
    thread.finish()
  }
}
