import JSON
import Sync

/// A body read as each of the messages between replica and hub, written and read again; and what does not agree.
struct ExchangeTrial {
  private(set) var complaints: [String] = []

  init(_ bytes: [UInt8]) {
    let isJSON = (try? JSON.parse(bytes)) != nil
    checkRequest(bytes, isJSON: isJSON)
    checkBatch(bytes, isJSON: isJSON)
    checkAnswer(bytes)
    checkCursor(bytes)
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  private mutating func checkRequest(_ bytes: [UInt8], isJSON: Bool) {
    guard let received = try? ReceivedSync(body: bytes) else { return }
    demand(isJSON, "a request that is no JSON")
    demand((0...Limits.pageEntries).contains(received.limit), "a page that is too long")
    demand((0...Limits.waitSeconds).contains(received.wait), "a wait that is too long")
    demand(received.submissions.count <= Limits.batchChanges, "too many changes")
    let submissions = received.submissions.filter { $0.rejection == nil }
    let request = SyncRequest(
      handshake: received.handshake, changes: submissions.compactMap(Self.bytes), limit: received.limit,
      report: received.report, wait: received.wait)
    guard let again = try? ReceivedSync(body: request.bytes) else {
      complaints.append("a request that is not read back")
      return
    }
    demand(again.handshake == received.handshake, "another handshake")
    demand(again.limit == received.limit && again.wait == received.wait, "another limit or wait")
    demand(again.report == received.report, "another report")
    demand(Self.areSame(again.submissions, submissions), "other changes")
  }

  private mutating func checkBatch(_ bytes: [UInt8], isJSON: Bool) {
    guard let batch = try? Batch.read(body: bytes) else { return }
    demand(isJSON, "a batch that is no JSON")
    demand(batch.count <= Limits.batchChanges, "too many changes in a batch")
    let written = batch.compactMap(Self.bytes)
    let body = Array(#"{"changes":["#.utf8) + written.joined(separator: ",".utf8) + "]}".utf8
    let again = try? Batch.read(body: body)
    demand(again.map { Self.areSame($0, batch.filter { $0.rejection == nil }) } ?? false, "another batch")
  }

  private mutating func checkAnswer(_ bytes: [UInt8]) {
    guard let answer = try? SyncAnswer(body: bytes) else { return }
    var page = FeedWriter()
    for entry in answer.entries { Self.write(entry, to: &page) }
    let written = SyncAnswer.bytes(
      hub: answer.hub, time: answer.time, own: answer.own, head: answer.head, results: answer.results, page: page,
      cursor: answer.cursor, hasMore: answer.hasMore)
    guard let again = try? SyncAnswer(body: written) else {
      complaints.append("an answer that is not read back")
      return
    }
    demand(again.hub == answer.hub && again.time == answer.time && again.own == answer.own, "another hub")
    demand(again.head == answer.head && again.cursor == answer.cursor, "another cursor")
    demand(again.results == answer.results, "other results")
    demand(again.entries == answer.entries, "other entries")
    demand(again.hasMore == answer.hasMore, "more or less to come")
  }

  private static func write(_ entry: FeedEntry, to page: inout FeedWriter) {
    switch entry.content {
    case .change(let change):
      change.bytes.withUnsafeBytes { page.change(seq: entry.seq, time: entry.time, $0) }
    case .own(let n, let hash): page.own(seq: entry.seq, time: entry.time, n: n, hash: hash)
    case .state(let state): page.state(seq: entry.seq, time: entry.time, state.canonicalBytes())
    case .withdrawal(let record): page.withdrawal(seq: entry.seq, time: entry.time, record: record)
    case .erasure(let record, let kind): page.erasure(seq: entry.seq, time: entry.time, record: record, kind: kind)
    }
  }

  private mutating func checkCursor(_ bytes: [UInt8]) {
    guard let text = Text(validating: bytes), let cursor = Cursor(text) else { return }
    demand(cursor.text == text, "a cursor that is written otherwise")
  }

  private static func bytes(_ submission: Submission) -> [UInt8]? {
    switch submission {
    case .change(let change): change.bytes
    case .void(let void): void.bytes
    case .refused: nil
    }
  }

  private static func areSame(_ a: [Submission], _ b: [Submission]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { ChangeTrial.areSame($0, $1) }
  }
}
