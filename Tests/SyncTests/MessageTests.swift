import Crypto
import JSON
import Sync
import Testing

@Suite("Requests and answers")
struct MessageTests {
  private static let hub: Text = "hub00001"
  private static let hash = SHA256.hash([1])

  private func request() throws -> SyncRequest {
    var writer = Writer(Sample.bogota)
    let void = VoidChange(replica: Sample.bogota, n: 3, record: Sample.record, hash: Self.hash)
    return SyncRequest(
      handshake: Handshake(
        replica: Sample.bogota, cursor: Cursor(hub: Self.hub, seq: 4, chain: 7, isCatchingUp: true),
        furthest: Cursor(hub: Self.hub, seq: 9, chain: 8), ownLast: 3,
        acknowledged: OwnPoint(n: 2, hash: Self.hash)),
      changes: [try writer.put("title", "é").bytes, try writer.add("areas", "x").bytes, void.bytes],
      limit: 200,
      report: ReplicaReport(version: "1.0", clock: 5, pending: 3, rejected: 1, conflicts: 2))
  }

  static let reports: [FateReport] =
    [
      FateReport(n: 1, fate: .applied(seq: 4, time: 5)),
      FateReport(n: 2, fate: .applied(seq: 4, time: -5), isDuplicate: true),
      FateReport(n: 3, fate: .erased(seq: 7, time: 8)),
      FateReport(n: 4, fate: .void, isDuplicate: true),
    ] + ProblemCode.allCases.map { FateReport(n: 5, fate: .rejected(Rejection($0, "why \"not\"\n"))) }

  private func answer() throws -> (bytes: [UInt8], entries: [FeedEntry.Content]) {
    var writer = Writer(Sample.nairobi)
    let change = try writer.put("title", "x")
    let state = Sample.state([change])
    var page = FeedWriter()
    change.bytes.withUnsafeBytes { page.change(seq: 1, time: 10, $0) }
    page.state(seq: 2, time: 11, state.canonicalBytes())
    page.own(seq: 3, time: 12, n: 7, hash: Self.hash)
    page.erasure(seq: 4, time: 13, record: Sample.record, kind: "event")
    page.withdrawal(seq: 5, time: 14, record: Sample.otherRecord)
    let bytes = SyncAnswer.bytes(
      hub: Self.hub, time: 99, own: OwnPoint(n: 3, hash: Self.hash),
      head: Cursor(hub: Self.hub, seq: 9, chain: 1),
      results: Self.reports, page: page, cursor: Cursor(hub: Self.hub, seq: 5, chain: 2), hasMore: true)
    let entries: [FeedEntry.Content] = [
      .change(change), .state(state), .own(n: 7, hash: Self.hash), .erasure(Sample.record, kind: "event"),
      .withdrawal(Sample.otherRecord),
    ]
    return (bytes, entries)
  }

  @Test("a request reads as it was written")
  func requestRoundTrip() throws {
    let sent = try request()
    let received = try ReceivedSync(body: sent.bytes)
    #expect(received.handshake == sent.handshake)
    #expect(received.submissions.map(\.n) == [1, 2, 3])
    #expect(try received.submissions == sent.changes.map { try Submission(bytes: $0[...]) })
    #expect(received.limit == 200)
    #expect(received.report == sent.report)
    let bare = SyncRequest(
      handshake: Handshake(
        replica: Sample.bogota, cursor: nil, furthest: nil, ownLast: 0, acknowledged: .none),
      changes: [], limit: 0, report: nil)
    #expect(try ReceivedSync(body: bare.bytes).handshake == bare.handshake)
  }

  @Test("an answer reads as it was written")
  func answerRoundTrip() throws {
    let (bytes, entries) = try answer()
    let read = try SyncAnswer(body: bytes)
    #expect(read.hub == Self.hub && read.time == 99 && read.hasMore)
    #expect(read.own == OwnPoint(n: 3, hash: Self.hash))
    #expect(read.head.seq == 9 && read.cursor.seq == 5)
    #expect(read.results == Self.reports)
    #expect(read.entries.map(\.content) == entries)
    #expect(read.entries.map(\.seq) == [1, 2, 3, 4, 5] && read.entries.map(\.time) == [10, 11, 12, 13, 14])
  }

  @Test("a fate reads as it was written", arguments: reports)
  func fate(report: FateReport) throws {
    #expect(FateReport(try JSON.parse(report.json.write())) == report)
  }

  @Test("a code that this version does not know is still a refusal; half a fate is none")
  func strangeFates() throws {
    let strange: JSON = ["n": 1, "fate": "rejected", "code": "too-green", "detail": "x"]
    #expect(FateReport(strange)?.fate == .rejected(Rejection(.badChange, "x")))
    for json: JSON in [
      [:], 7, ["n": 1], ["n": 1, "fate": "applied"], ["n": 1, "fate": "applied", "seq": 1],
      ["n": 1, "fate": "lost"],
      ["fate": "void"], ["n": 1, "fate": "rejected"], ["n": "1", "fate": "void"],
    ] {
      #expect(FateReport(json) == nil, "\(json)")
    }
  }

  static let base =
    #""protocol":1,"replica":"bogota-7kq2m","own":0,"acknowledged":{"hash":"\#(Digest.zero.hex)","n":0}"#

  @Test(
    "a request that is not well-formed is refused with its code",
    arguments: [
      ("", ProblemCode.badJSON), ("[]", .badRequest), ("{\(base)", .badJSON), ("{\(base)}x", .badJSON),
      ("{\(base),\"own\":1}", .badJSON), ("{\(base),\"changes\":{}}", .badRequest),
      ("{}", .unsupportedProtocol),
      ("{\(base)}".replacing("\"protocol\":1", with: "\"protocol\":2"), .unsupportedProtocol),
      ("{\(base)}".replacing("\"protocol\":1", with: "\"protocol\":\"1\""), .unsupportedProtocol),
      ("{\(base)}".replacing("7kq2m", with: "7kq2"), .badRequest),
      ("{\(base)}".replacing("\"own\":0", with: "\"own\":-1"), .badRequest),
      ("{\(base)}".replacing("\"own\":0", with: "\"own\":9007199254740992"), .badRequest),
      ("{\(base)}".replacing("\"n\":0", with: "\"n\":-1"), .badRequest),
      ("{\(base)}".replacing("acknowledged", with: "acked"), .badRequest),
      ("{\(base),\"limit\":-1}", .badRequest), ("{\(base),\"limit\":1001}", .badRequest),
      ("{\(base),\"limit\":\"9\"}", .badRequest), ("{\(base),\"limit\":1.5}", .badRequest),
      ("{\(base),\"cursor\":\"x\"}", .badCursor), ("{\(base),\"cursor\":null}", .badCursor),
      ("{\(base),\"furthest\":7}", .badCursor),
      ("{\(base),\"changes\":[7]}", .badChange), ("{\(base),\"changes\":[{}]}", .badChange),
      ("{\(base),\"changes\":[{\"void\":{}}]}", .badChange),
    ])
  func refusedRequest(text: String, code: ProblemCode) {
    let error = #expect(throws: Rejection.self) { try ReceivedSync(body: Sample.bytes(text)) }
    #expect(error?.code == code, "\(text)")
  }

  @Test("a batch of more changes than a batch may hold is refused")
  func largeBatch() throws {
    let change = SubmissionTests.canonical
    let list = Array(repeating: change, count: Limits.batchChanges + 1).joined(separator: ",")
    let error = #expect(throws: Rejection.self) {
      try Batch.read(body: Sample.bytes("{\"changes\":[\(list)]}"))
    }
    #expect(error?.code == .batchTooLarge)
    let strange = #expect(throws: Rejection.self) {
      try Batch.read(body: Sample.bytes("{\"x\":[1],\"changes\":[\(change)]}"))
    }
    #expect(strange?.code == .badRequest)
    #expect(strange?.detail == "'x' is not a member of this request")
    #expect(try Batch.read(body: Sample.bytes("{\"changes\":[\(change)]}")).count == 1)
    let missing = #expect(throws: Rejection.self) { try Batch.read(body: Sample.bytes("{}")) }
    #expect(missing?.code == .badRequest)
  }

  @Test("unknown members of a request refuse it, those of an answer are passed over")
  func unknownMembers() throws {
    for more in ["\"wish\":[{}]", "\"hub_seq\":1", "\"Limit\":1", "\"\":null"] {
      let error = #expect(throws: Rejection.self) { try ReceivedSync(body: Sample.bytes("{\(Self.base),\(more)}")) }
      #expect(error?.code == .badRequest, "\(more)")
    }
    let text = Sample.text(try answer().bytes)
    let more = text.replacing("{\"protocol\"", with: "{\"motd\":[1,{}],\"protocol\"")
      .replacing("{\"seq\":3,", with: "{\"seq\":3,\"why\":{\"x\":1},")
    #expect(try SyncAnswer(body: Sample.bytes(more)).entries.count == 5)
  }

  @Test("an answer that is cut short anywhere is refused whole")
  func truncated() throws {
    let bytes = try answer().bytes
    for end in 0..<bytes.count where (try? SyncAnswer(body: Array(bytes[..<end]))) != nil {
      Issue.record("read at \(end) of \(bytes.count)")
    }
    let sent = try request().bytes
    for end in 0..<sent.count where (try? ReceivedSync(body: Array(sent[..<end]))) != nil {
      Issue.record("read at \(end) of \(sent.count)")
    }
  }

  @Test("requests and answers that were injured anywhere never trap")
  func mutations() throws {
    var random = SplitMix64(seed: 99)
    let (sent, answered) = (try request().bytes, try answer().bytes)
    var read = 0
    for _ in 0..<(4_000 * Int(Seeds.factor)) {
      if let received = try? ReceivedSync(body: random.mutated(sent)) {
        read += 1
        _ = received.handshake.compare(hub: Self.hub, head: 9, chain: { _ in 7 }, held: 3, hash: { _ in nil })
      }
      if let answer = try? SyncAnswer(body: random.mutated(answered)) { read += answer.entries.count }
    }
    #expect(read > 100)
  }

  @Test("every code has a status, a title and advice, and reads back from its text")
  func codes() {
    for code in ProblemCode.allCases {
      #expect((400...599).contains(code.status) && !code.title.isEmpty && code.advice.hasSuffix("."))
      #expect(ProblemCode(rawValue: code.rawValue) == code)
    }
  }
}
