import Dispatch
import Foundation
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("A hub whose store is held up")
struct BusyTests {
  private let parent: TemporaryFolder
  private let folder: HubFolder
  private let hub: HubProcess

  init() throws {
    parent = try TemporaryFolder()
    folder = HubFolder(parent.url.appendingPathComponent("hub"))
    var limits = DoorLimits()
    limits.heldBytes = 2_000_000
    hub = try HubProcess(folder: folder, host: "127.0.0.1", port: 0, version: "test", limits: limits)
    hub.start()
  }

  private var admin: String? { folder.read(folder.adminToken) }

  private func join(_ ids: [String]) throws {
    let caller = try Caller(hub.port)
    _ = try caller.call("POST", "/v1/members", token: admin, body: #"{"member":"bogota"}"#)
    for id in ids {
      let made = try caller.call("POST", "/v1/invites", token: admin, body: #"{"member":"bogota"}"#)
      let invite = try #require(made.json["invite"]?.text?.string)
      #expect(try caller.call("POST", "/v1/join", body: Desk.joinBody(id, id, invite)).status == 200)
    }
  }

  /// The first change of a replica, in a body of 400,000 bytes.
  private func body(_ id: String, _ record: Int) -> String {
    let change = """
      {"at":1,"kind":"event","n":1,"ops":[{"put":["title"],"value":"\(id)"}],"record":"\(Desk.record(record))",\
      "replica":"\(id)"}
      """
    let text = Scribe.batch([change])
    return text + String(repeating: " ", count: 400_000 - text.utf8.count)
  }

  @Test("bodies that wait for it are bounded: who finds no room is told to come again, and nothing is lost")
  func recovers() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let ids = ["bogota-aaaaa", "bogota-bbbbb", "bogota-ccccc", "bogota-ddddd"]
    try join(ids)
    let gate = DispatchSemaphore(value: 0)
    hub.holdStore { gate.wait() }
    let callers = try ids.map { _ in try Caller(hub.port) }
    for (index, id) in ids.enumerated() {
      try callers[index].send("POST", "/v1/changes", token: id, body: body(id, index))
      // Its whole body is with the hub when it is told otherwise, or when the next one's answer comes.
      guard index >= 2 else { continue }
      let answer = try callers[index].receiveAll()
      #expect(answer.status == 503)
      #expect(answer.fields["retry-after"] == "5")
      let problem = try JSON.parse(answer.body)
      #expect(problem["code"] == "busy")
      #expect(problem["request"]?.text?.string == answer.fields["x-request-id"])
    }
    gate.signal()
    for index in 0..<2 {
      let answer = try callers[index].receive()
      #expect(answer.status == 200)
      #expect(answer.json["results"]?.array?.first?["fate"] == "applied")
    }
    for index in 2..<4 {
      let answer = try Caller(hub.port).call("POST", "/v1/changes", token: ids[index], body: body(ids[index], index))
      #expect(answer.status == 200)
      #expect(answer.json["results"]?.array?.first?["fate"] == "applied")
    }
    let page = try Caller(hub.port).call("GET", "/v1/changes", token: ids[0])
    #expect(page.json["entries"]?.array?.count == 4)
    let caller = try Caller(hub.port)
    try caller.send("GET", "/metrics", token: admin)
    let figures = String(decoding: try caller.receiveAll().body, as: UTF8.self)
    #expect(figures.contains("peacesync_request_bytes 0\n"))
    #expect(figures.contains(#"peacesync_http_requests_total{route="POST /v1/changes",status="503"} 2"#))
  }
}
