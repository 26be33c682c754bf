import Foundation
import HTTP
@testable import Hub
import JSON
import Net
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What a hub tells of its requests")
struct ObservationTests {
  private let parent: TemporaryFolder
  private let folder: HubFolder
  private let lines = Locked<[UInt8]>([])
  private let log: LogWriter
  private let hub: HubProcess

  init() throws {
    parent = try TemporaryFolder()
    folder = HubFolder(parent.url.appendingPathComponent("hub"))
    let lines = self.lines
    log = LogWriter { bytes in
      lines.withLock { $0 += bytes }
      return true
    }
    hub = try HubProcess(folder: folder, host: "127.0.0.1", port: 0, version: "test", log: log)
    hub.start()
  }

  private func told() throws -> [JSON] {
    log.finish(milliseconds: 10_000)
    let all = lines.withLock { $0 }
    #expect(all.last == 0x0A)
    return try all.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { try JSON.parse(Array($0)) }
  }

  private func ask(_ method: String, _ target: String, token: String? = nil, body: String = "") throws
    -> ReceivedResponse
  {
    let caller = try Caller(hub.port)
    try caller.send(method, target, token: token, body: body)
    return try caller.receiveAll()
  }

  @Test("each answer carries an id, an error also in its body, and there is one line with it")
  func ids() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let admin = try #require(folder.read(folder.adminToken))
    let fault = try Caller(hub.port)
    try fault.send("GET", Array("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n".utf8))
    let answers = [
      try ask("GET", "/healthz"), try ask("GET", "/v1/status", token: admin), try ask("GET", "/v1/status"),
      try ask("GET", "/nowhere/secret-name"), try ask("POST", "/v1/members", token: admin, body: "{"),
      try fault.receiveAll(),
    ]
    let expected: [(Int, Text?, Text?, Text?)] = [
      (200, "GET /healthz", nil, nil), (200, "GET /v1/status", "admin", nil),
      (401, "GET /v1/status", nil, "unauthorized"), (404, nil, nil, "not-found"),
      (400, "POST /v1/members", "admin", "bad-json"), (400, nil, nil, "http-content-length"),
    ]
    let told = try told()
    #expect(told.count == answers.count)
    var ids: Set<String> = []
    for (index, (answer, row)) in zip(answers, expected).enumerated() {
      let id = try #require(answer.fields["x-request-id"], "answer \(index) has no id")
      #expect(ids.insert(id).inserted)
      #expect(answer.status == row.0)
      if row.0 >= 400 { #expect(try JSON.parse(answer.body)["request"]?.text?.string == id) }
      let line = try #require(told.first { $0["id"]?.text?.string == id }, "no line about answer \(index)")
      #expect(line["status"]?.integer == Int64(row.0))
      #expect(line["route"]?.text == row.1, "\(line)")
      #expect(line["who"]?.text == row.2, "\(line)")
      #expect(line["code"]?.text == row.3, "\(line)")
      #expect(line["out"]?.integer == Int64(answer.body.count))
    }
  }

  @Test("neither a line nor the figures hold a token, an address, an id of a record or what somebody wrote")
  func nothingPersonal() throws {
    let admin = try #require(folder.read(folder.adminToken))
    for body in [#"{"member":"bogota"}"#, #"{"member":"Somebody's Name"}"#] {
      _ = try ask("POST", "/v1/members", token: admin, body: body)
    }
    let made = try ask("POST", "/v1/invites", token: admin, body: #"{"member":"bogota"}"#)
    let invite = try #require(try JSON.parse(made.body)["invite"]?.text?.string)
    let join = Desk.joinBody("bogota-7kq2m", "the-token-of-the-replica", invite)
    #expect(try ask("POST", "/v1/join", body: join).status == 200)
    let record = Desk.record(1)
    _ = try ask("GET", "/v1/records/\(record)?name=Somebody", token: "the-token-of-the-replica")
    _ = try ask("GET", "/v1/records/\(record)", token: "a-wrong-token")
    let metrics = try ask("GET", "/metrics", token: admin)
    hub.stop(graceMilliseconds: 1_000)
    let all = String(decoding: lines.withLock { $0 } + metrics.body, as: UTF8.self)
    #expect(all.contains("bogota-7kq2m"))
    for secret in [admin, invite, "the-token", "a-wrong-token", "Somebody", record.description, "127.0.0.1"] {
      #expect(!all.contains(secret), "\(secret) was told")
    }
  }

  @Test("why the hub could not store something stands in its log, with the request's id, and in no answer")
  func causes() throws {
    let admin = try #require(folder.read(folder.adminToken))
    _ = try ask("POST", "/v1/members", token: admin, body: #"{"member":"bogota"}"#)
    hub.stop(graceMilliseconds: 1_000)
    let store = try Store(path: folder.database.path, role: .hub)
    try store.connection.execute(
      "CREATE TRIGGER full BEFORE INSERT ON member BEGIN SELECT RAISE(ABORT, 'no room'); END")
    try store.close()
    try Data("in the way".utf8).write(to: folder.backups)
    let (lines, sentences) = (Locked<[UInt8]>([]), Locked<[String]>([]))
    let (member, copy) = ("SQLite error 1811: no room, in: INSERT INTO member", "(516)")
    for isLogged in [true, false] {
      let log = LogWriter { bytes in
        lines.withLock { $0 += bytes }
        return true
      }
      let hub = try HubProcess(
        folder: folder, host: "127.0.0.1", port: 0, version: "test", log: isLogged ? log : nil,
        complain: { sentence in sentences.withLock { $0.append(sentence) } })
      hub.start()
      var ids: [String] = []
      for (target, body) in [("/v1/members", #"{"member":"somebody"}"#), ("/v1/backup", "")] {
        let caller = try Caller(hub.port)
        try caller.send("POST", target, token: admin, body: body)
        let answer = try caller.receiveAll()
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 503 && text.contains("storage-failed"), "\(text)")
        for secret in ["SQL", "INSERT", "no room", "backups", folder.url.path] {
          #expect(!text.contains(secret), "\(text)")
        }
        ids.append(try #require(answer.fields["x-request-id"]))
      }
      hub.stop(graceMilliseconds: 1_000)
      guard isLogged else {
        let told = sentences.withLock { $0 }
        #expect(try #require(told.first).contains(ids[0]) && told[0].contains(member), "\(told)")
        continue
      }
      let text = String(decoding: lines.withLock { $0 }, as: UTF8.self)
      let told = try text.split(separator: "\n").map { try JSON.parse(Array($0.utf8)) }
      #expect(told.compactMap { $0["id"]?.text?.string } == ids && told.allSatisfy { $0["code"] == "storage-failed" })
      for (line, cause) in zip(told, [member, copy]) {
        #expect(line["cause"]?.text?.string.contains(cause) == true, "\(line)")
      }
      #expect(!text.contains("somebody") && sentences.withLock { $0.isEmpty })
    }
  }

  @Test("where no lines are wanted one failure in a second is told, and what did not fail is not")
  func complaints() {
    let (now, told) = (Locked<UInt64>(5_000), Locked<[String]>([]))
    let log = RequestLog(
      prefix: "x", clock: { (0, now.withLock { $0 }) }, log: nil,
      complain: { sentence in told.withLock { $0.append(sentence) } })
    func finish(_ cause: String?, at time: UInt64) {
      now.withLock { $0 = time }
      var response = HTTPResponse(status: cause == nil ? 200 : 503)
      response.cause = cause
      let sent = log.finish(response, received: 0, route: nil, identity: nil, since: time)
      #expect(!sent.fields.contains { $0.1.contains("full") } && sent.body.isEmpty)
    }
    let failures: [(String?, UInt64)] = [
      ("full", 5_000), (nil, 5_000), ("full 2", 5_999), ("full 3", 6_000), ("full 4", 6_001),
    ]
    for (cause, time) in failures {
      finish(cause, at: time)
    }
    #expect(told.withLock { $0 } == ["request x-1 failed: full", "request x-4 failed: full 3"])
  }

  @Test("the figures count each request by route and status, in the text format of Prometheus")
  func metrics() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let admin = try #require(folder.read(folder.adminToken))
    for _ in 0..<3 { _ = try ask("GET", "/v1/status", token: admin) }
    _ = try ask("GET", "/v1/status")
    let answer = try ask("GET", "/metrics", token: admin)
    #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.contains("peacesync_http_requests_total{route=\"GET /v1/status\",status=\"200\"} 3\n"))
    #expect(text.contains("peacesync_http_requests_total{route=\"GET /v1/status\",status=\"401\"} 1\n"))
    #expect(text.contains("peacesync_http_request_duration_seconds_count{route=\"GET /v1/status\"} 4\n"))
    #expect(text.contains("peacesync_log_head 0\n"))
    // The caller's own.
    #expect(text.contains("peacesync_connections 1\n"))
    #expect(text.contains("peacesync_connections_refused_total 0\n"))
    #expect(text.contains("peacesync_connections_shed_total 0\n"))
    #expect(text.contains("peacesync_held_bytes 0\n"))
    #expect(text.contains("peacesync_request_bytes 0\n"))
    #expect(text.contains("peacesync_log_lines_lost_total 0\n"))
    let sample = /[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+-]+/
    for line in text.split(separator: "\n") where !line.hasPrefix("# ") {
      #expect(line.wholeMatch(of: sample) != nil, "\(line)")
    }
  }
}
