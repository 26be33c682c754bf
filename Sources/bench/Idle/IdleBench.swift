import Foundation
import HTTP
import JSON
import Sync

/// Thousands of replicas that wait for news: what they cost the hub, and how long until all have heard of a change.
struct IdleBench {
  let folder: URL
  let count: Int
  let sheet: Sheet

  private static let quietSeconds: UInt32 = 10

  func run() throws {
    try hub()
    try nginx()
  }

  private func hub() throws {
    sheet.begin("pioc-hub", "pioc-hub: \(count) polls that wait for news (GET /v1/changes?wait=55)")
    let hub = try RealHub(folder: folder.appendingPathComponent("hub"))
    defer { hub.stop() }
    let readers = try (0..<16).compactMap { ReplicaID(Text("bench-r\(1_000 + $0)")) }.map { try hub.members.join($0) }
    guard let writer = ReplicaID("bench-0000w") else { return }
    let token = try hub.members.join(writer)
    let client = try RawClient(port: hub.port)
    let bodies = try Corpus(replica: writer, count: 2, seed: 5).bodies(of: 1)
    let answer = try JSON.parse(try client.send("POST", "/v1/changes", token: token, body: bodies[0]))
    let cursor = answer["cursor"]?.text?.string ?? ""
    let crowd = try begin(hub.identifier, hub.port) { index in
      Self.request("/v1/changes?since=\(cursor)&wait=55", token: readers[index % readers.count])
    }
    let early = crowd.gather(Stopwatch(), until: 0.1)
    sheet.figure("answeredEarly", "answered before there was news", Double(early.count), "polls (must be 0)")
    let (watch, used) = (Stopwatch(), ProcessFigures.processorSeconds(hub.identifier))
    _ = try client.send("POST", "/v1/changes", token: token, body: bodies[1])
    sheet.figure("writeMilliseconds", "the write acknowledged after", watch.seconds * 1e3, "ms")
    let harvest = crowd.gather(watch, until: 30)
    let busy = ProcessFigures.processorSeconds(hub.identifier) - used
    sheet.figure("wakingProcessorMilliseconds", "processor time to wake them", busy * 1e3, "ms")
    heard(harvest, of: writer)
    sheet.figure("memoryPeakMiB", "most memory of the process", ProcessFigures.peakMemory(hub.identifier), "MiB")
  }

  private func heard(_ harvest: Crowd.Harvest, of writer: ReplicaID) {
    let right = harvest.answers.filter { _, answer in
      // One entry, and it is the other one's change.
      guard answer.status == 200, let entries = try? JSON.parse(answer.body)["entries"]?.array else { return false }
      return entries.count == 1 && entries[0]["change"]?["replica"]?.text == writer.text
    }
    let times = Quantiles(right.map(\.seconds))
    sheet.figure("heard", "heard of the write", Double(right.count), "polls")
    sheet.figure("firstMilliseconds", "  the first after", times.first * 1e3, "ms")
    sheet.figure("medianMilliseconds", "  half of them after", times.median * 1e3, "ms")
    sheet.figure("lastMilliseconds", "  all of them after", times.last * 1e3, "ms")
    sheet.figure("wrong", "answered otherwise", Double(harvest.answers.count - right.count), "polls (must be 0)")
    let silent = count - harvest.answers.count
    sheet.figure("unheard", "cut off or never answered", Double(silent), "polls (must be 0)")
  }

  /// The same number of connections that have asked once and say nothing more.
  private func nginx() throws {
    sheet.begin("nginx", "nginx: \(count) idle keep-alive connections (yardstick)")
    guard let nginx = try NginxChild.start(folder: folder, sheet), let worker = nginx.worker else { return }
    defer { nginx.stop() }
    _ = try begin(worker, nginx.port) { _ in
      Self.request("/small", token: nil)
    } reading: { crowd in
      let answers = crowd.gather(Stopwatch(), until: 30).answers
      sheet.figure("answered", "answered", Double(answers.count { $0.answer.status == 200 }), "requests")
    }
  }

  /// Connects, asks on each connection, and says what that costs the process while nothing happens.
  private func begin(
    _ process: Int32, _ port: UInt16, _ request: (Int) -> [UInt8], reading: (Crowd) -> Void = { _ in }
  ) throws -> Crowd {
    let before = ProcessFigures.memory(process)
    sheet.figure("memoryBeforeMiB", "memory before", before, "MiB")
    let watch = Stopwatch()
    let crowd = try Crowd(count: count, port: port)
    let failures = crowd.ask(request)
    reading(crowd)
    guard failures == 0 else { throw BenchError("\(failures) of \(count) requests could not be sent") }
    ProcessFigures.settle(process, within: 20)
    sheet.figure("connectSeconds", "all of them there and quiet after", watch.seconds, "s")
    let with = ProcessFigures.memory(process)
    sheet.figure("memoryMiB", "memory with all of them", with, "MiB")
    sheet.figure("memoryMoreMiB", "  more than before", with - before, "MiB")
    sheet.figure("bytesEach", "  each", (with - before) * 1_048_576 / Double(count), "bytes")
    let used = ProcessFigures.processorSeconds(process)
    sleep(Self.quietSeconds)
    let busy = ProcessFigures.processorSeconds(process) - used
    sheet.figure("quietProcessorMilliseconds", "processor time in \(Self.quietSeconds) s of quiet", busy * 1e3, "ms")
    return crowd
  }

  private static func request(_ target: String, token: String?) -> [UInt8] {
    let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    return Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(authorization)\r\n".utf8)
  }
}
