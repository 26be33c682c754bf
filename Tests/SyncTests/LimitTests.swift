import JSON
import Sync
import Testing

@Suite("Limits that must fit each other")
struct LimitTests {
  private var handshake: Handshake {
    Handshake(replica: Sample.bogota, cursor: nil, furthest: nil, ownLast: 1, acknowledged: .none)
  }

  private func nested(_ depth: Int) throws -> [UInt8]? {
    let value =
      Sample.text(Array(repeating: UInt8(ascii: "["), count: depth))
      + Sample.text(Array(repeating: UInt8(ascii: "]"), count: depth))
    let text =
      #"{"at":1,"kind":"event","n":1,"ops":[{"put":["title"],"value":\#(value)}],"record":"\#(Sample.record)","#
      + #""replica":"bogota-7kq2m"}"#
    guard let change = try? Change(bytes: Sample.bytes(text)) else { return nil }
    return change.bytes
  }

  /// The answer that carries one entry.
  private func answer(_ page: FeedWriter) -> [UInt8] {
    let head = Cursor(hub: "hub00001", seq: 1, chain: 1)
    return SyncAnswer.bytes(
      hub: "hub00001", time: 1, own: .none, head: head, results: [], page: page, cursor: head, hasMore: false)
  }

  @Test("whatever can be written locally can be pushed, however deep its values are")
  func depthOfRequests() throws {
    for depth in 1...70 {
      guard let change = try nested(depth) else { continue }
      let request = SyncRequest(handshake: handshake, changes: [change], limit: 0, report: nil)
      #expect(throws: Never.self, "depth \(depth)") { try ReceivedSync(body: request.bytes) }
    }
  }

  @Test("whatever can be pushed can be pulled, as a change and as a state, however deep its values are")
  func depthOfAnswers() throws {
    for depth in 1...70 {
      guard let change = try nested(depth) else { continue }
      let request = SyncRequest(handshake: handshake, changes: [change], limit: 0, report: nil)
      guard (try? ReceivedSync(body: request.bytes)) != nil else { continue }
      var page = FeedWriter()
      change.withUnsafeBytes { page.change(seq: 1, time: 1, $0) }
      #expect(throws: Never.self, "a change of depth \(depth)") { try SyncAnswer(body: answer(page)) }
      var states = FeedWriter()
      states.state(seq: 1, time: 1, Sample.state([try Change(bytes: change)]).canonicalBytes())
      #expect(throws: Never.self, "a state of depth \(depth)") { try SyncAnswer(body: answer(states)) }
    }
  }

  @Test("a change that is just small enough can be written again under another dot after a fork")
  func rewriting() throws {
    var draft = ChangeDraft(state: Sample.empty, unaccepted: [])
    let envelope = ChangeEnvelope(at: 1, kind: "event", replica: Sample.bogota, n: 1, record: Sample.record)
    draft.put(Path("title"), "")
    let empty = try draft.finish(envelope).bytes.count
    draft.put(Path("title"), .string(Text(String(repeating: "x", count: Limits.changeBytes - empty))))
    guard let change = try? draft.finish(envelope) else { return }
    #expect(throws: Never.self) { try change.rewritten(as: Sample.replica("bogota-00000"), n: 1_000_000) }
  }

  @Test("a record with as many cells as it may have can be deleted")
  func deletingTheLargest() throws {
    var writer = Writer(Sample.bogota)
    var state = Sample.empty
    for number in 1..<Limits.cells {
      let change = try writer.add("e-mails", Text("person\(number)@example.org"))
      state.apply(change, time: change.at) { _ in true }
    }
    var draft = ChangeDraft(state: state, unaccepted: [])
    draft.delete()
    let envelope = ChangeEnvelope(
      at: 1, kind: "event", replica: Sample.bogota, n: 9_999, record: Sample.record)
    #expect(throws: Never.self) { try draft.finish(envelope) }
  }

  @Test("after five thousand offline edits the next edit, and a delete, can still be written")
  func manyEditsOffline() throws {
    var state = Sample.empty
    var own: [Change] = []
    var names: [ChangeName] = []
    for n in 1...5_000 {
      // As a draft would write them, without the cost of their ever longer lists.
      names.append(ChangeName(replica: Sample.bogota, n: Int64(n), hash: UInt64(n)))
    }
    let over = names.dropLast().suffix(Limits.overNames)
    let last: JSON = [
      "at": 1, "kind": "event", "n": 5_000,
      "ops": [
        ["over": .array(over.map { .string($0.text) }), "put": ["title"], "value": "x"]
      ], "record": .string(Sample.record.text), "replica": .string(Sample.bogota.text),
    ]
    let change = try Change(bytes: last.canonical())
    own.append(change)
    state.apply(change, time: 1) { _ in true }
    let envelope = ChangeEnvelope(
      at: 1, kind: "event", replica: Sample.bogota, n: 5_001, record: Sample.record)
    var edit = ChangeDraft(state: state, unaccepted: own)
    edit.put(Path("title"), "y")
    #expect(throws: Never.self, "an edit") { try edit.finish(envelope) }
    var delete = ChangeDraft(state: state, unaccepted: own)
    delete.delete()
    #expect(throws: Never.self, "a delete") { try delete.finish(envelope) }
  }
}
