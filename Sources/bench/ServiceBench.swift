import Foundation
import Hub
import JSON
import Replica
import Store
import Sync

/// The hub over loopback: ingest, pull of the log, bootstrap of a new replica, and its memory.
struct ServiceBench {
  let folder: URL
  let count: Int
  private let hub: HubChild
  private let client: RawClient
  private let members: Members

  init(folder: URL, count: Int) throws {
    self.folder = folder
    self.count = count
    hub = try HubChild(folder: folder.appendingPathComponent("hub"))
    client = try RawClient(port: hub.port)
    members = try Members(port: hub.port, adminToken: hub.adminToken)
    _ = try client.send("GET", "/v1/status", token: hub.adminToken)
  }

  func run() throws {
    defer { hub.stop() }
    // Four cities at once: while one batch is being flushed, others are read and wait for the next flush.
    let ids = ["0000a", "0000b", "0000f", "0000g"].compactMap { ReplicaID(Text("bench-\($0)")) }
    let corpora = try ids.map { try Corpus(replica: $0, count: count / ids.count, seed: 1) }
    let tokens = try ids.map { try members.join($0) }
    let size = corpora.map { $0.changes.reduce(0) { $0 + $1.bytes.count } }.reduce(0, +) / count
    Report.heading("Hub over loopback: \(count) changes of \(size) bytes, batches of 1000, acknowledged durable")
    let plainRead = try ingest(corpora, tokens)
    try pull(plainRead: plainRead)
    try bootstrap()
    Report.figure("peak memory of the hub", ProcessFigures.peakMemory(hub.identifier), "MiB")
  }

  private func ingest(_ corpora: [Corpus], _ tokens: [String]) throws -> Double {
    let bodies = corpora.map { $0.bodies(of: 1_000) }
    let half = ProcessFigures.processorSeconds(hub.identifier)
    let failures = Failures()
    let port = hub.port
    let seconds = Stopwatch.time {
      DispatchQueue.concurrentPerform(iterations: bodies.count) { index in
        do {
          let client = try RawClient(port: port)
          for body in bodies[index] {
            let answer = try client.send("POST", "/v1/changes", token: tokens[index], body: body)
            if answer.firstRange(of: Array("\"rejected\"".utf8)) != nil { throw BenchError("a change was refused") }
          }
        } catch { failures.add(error) }
      }
    }
    if let error = failures.first { throw error }
    let processor = ProcessFigures.processorSeconds(hub.identifier) - half
    let yardstick = try Yardstick(path: folder.appendingPathComponent("yardstick.db").path)
    let all = corpora.flatMap(\.changes)
    let plain = try Stopwatch.time { try yardstick.write(all[...], perTransaction: 1_000) }
    Report.rate("ingest", count: count, seconds: seconds, yardstick: plain)
    Report.figure("  processor time of the hub", processor / Double(count) * 1e6, "µs a change")
    let read = try Stopwatch.time { _ = try yardstick.read() }
    return read
  }

  /// A reader that is not far behind gets the changes themselves, as the bytes that are stored.
  private func pull(plainRead: Double) throws {
    guard let id = ReplicaID("bench-0000h") else { return }
    let digest = try JSON.parse(try client.send("GET", "/v1/digest", token: hub.adminToken))
    var cursor = digest["head"]?.text?.string ?? ""
    let token = try members.join(id)
    for body in try Corpus(replica: id, count: 15_000, seed: 9).bodies(of: 1_000) {
      _ = try client.send("POST", "/v1/changes", token: token, body: body)
    }
    var entries = 0
    let seconds = try Stopwatch.time {
      while true {
        let answer = try client.send("GET", "/v1/changes?since=\(cursor)&limit=1000", token: hub.adminToken)
        let head = try Self.head(of: answer)
        entries += head.entries
        cursor = head.cursor
        if !head.more { break }
      }
    }
    let plain = plainRead * Double(entries) / Double(count)
    Report.rate("pull of the log", count: entries, seconds: seconds, yardstick: plain)
  }

  private func bootstrap() throws {
    let path = folder.appendingPathComponent("replica.db").path
    guard let id = ReplicaID("bench-0000c") else { return }
    let replica = try LocalReplica.create(path: path, id: id)
    let url = "http://127.0.0.1:\(hub.port)"
    guard let base = URL(string: url) else { return }
    let transport = SocketTransport(userAgent: "bench")
    let call = try replica.joinCall(invite: try members.invite()) { HubProcess.random($0) }
    let reply = try transport.send(call, to: base)
    _ = try replica.receiveJoin(reply, url: url, acceptsNewHub: false) { HubProcess.random($0) }
    let seconds = try Stopwatch.time {
      var session = try SyncSession(
        replica: replica, version: "bench", clock: HubProcess.now, random: { HubProcess.random($0) })
      while case .send(let call) = try session.next() { try session.receive(try transport.send(call, to: base)) }
    }
    let records = Int(try replica.count(kind: nil))
    let plain = try plainStates(of: replica)
    Report.rate("bootstrap of a replica", count: records, seconds: seconds, yardstick: plain, unit: "records/s")
  }

  /// The same states written by plain SQLite into one table, 500 a transaction, under a replica's settings.
  private func plainStates(of replica: LocalReplica) throws -> Double {
    var states: [(id: [UInt8], bytes: [UInt8])] = []
    try replica.store.records.each { states.append(($0.state.record.bytes, $0.state.canonicalBytes())) }
    return try PlainStates(path: folder.appendingPathComponent("states.db").path).write(states, perTransaction: 500)
  }

  private static func head(of answer: [UInt8]) throws -> (cursor: String, more: Bool, entries: Int) {
    var scanner = try JSONScanner(answer, limits: JSONLimits(bytes: 64 * 1024 * 1024))
    var (cursor, more, entries) = ("", false, 0)
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      switch key {
      case "cursor": cursor = try scanner.value().text?.string ?? ""
      case "more": more = try scanner.value().boolean ?? false
      case "entries":
        try scanner.beginArray()
        while try scanner.nextElement() {
          _ = try scanner.skip()
          entries += 1
        }
      default: _ = try scanner.skip()
      }
    }
    return (cursor, more, entries)
  }
}
