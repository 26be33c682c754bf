import Crypto
import JSON
import Sync

/// The contents of `feed.json`: entries as they travel, and what they mean.
enum FeedVectors {
  /// The entry, alone in a page.
  private static func entry(_ write: (inout FeedWriter) -> Void) -> String {
    var page = FeedWriter()
    write(&page)
    return Sample.text(page.bytes)
  }

  static func entries() throws -> [JSON] {
    var writer = Writer(Sample.nairobi)
    let change = try writer.put("title", "Caf\u{E9} \u{1F54A}", at: Sample.noon)
    let state = Sample.state([change])
    var erased = state
    erased.erase()
    let stub = SHA256.hash([1])
    let spelled = Sample.text(change.bytes).replacing(",\"kind\"", with: ",\n \"\\u006bind\" ")
    let texts = [
      entry { page in change.bytes.withUnsafeBytes { page.change(seq: 41, time: Sample.noon + 5, $0) } },
      entry { $0.own(seq: 42, time: Sample.noon + 6, n: 7, hash: stub) },
      entry { $0.state(seq: 43, time: Sample.noon + 7, state.canonicalBytes()) },
      entry { $0.state(seq: 44, time: Sample.noon + 8, erased.canonicalBytes()) },
      entry { $0.erasure(seq: 45, time: Sample.noon + 9, record: Sample.record, kind: "contact") },
      entry { $0.withdrawal(seq: 46, time: Sample.noon + 10, record: Sample.otherRecord) },
      #"{"why":{"newer":[1]},"withdrawal":"\#(Sample.record)","time":-1,"seq":0}"#,
      // A change in another spelling is made canonical before it is hashed.
      #"{"seq":48,"time":1,"change": \#(spelled)}"#,
    ]
    return try texts.map { ["entry": .string(Text($0)), "meaning": meaning(try read($0))] }
  }

  /// Entries that make the whole answer void.
  static let refused: [Text] = [
    "7", "{}", #"{"seq":1,"time":2}"#, #"{"seq":1,"time":2,"unheard-of":{}}"#,
    #"{"seq":1,"withdrawal":"01912345-6789-7abc-8def-0123456789ab"}"#,
    #"{"time":1,"withdrawal":"01912345-6789-7abc-8def-0123456789ab"}"#,
    #"{"seq":-1,"time":2,"withdrawal":"01912345-6789-7abc-8def-0123456789ab"}"#,
    #"{"seq":1.0,"time":2,"withdrawal":"01912345-6789-7abc-8def-0123456789ab"}"#,
    #"{"seq":1,"time":2,"withdrawal":"01912345"}"#, #"{"seq":1,"time":2,"withdrawal":null}"#,
    #"{"seq":1,"time":2,"own":{"n":1}}"#, #"{"seq":1,"time":2,"own":{"n":1,"hash":"00"}}"#,
    #"{"seq":1,"time":2,"own":{"n":0,"hash":"0000000000000000000000000000000000000000000000000000000000000000"}}"#,
    #"{"seq":1,"time":2,"erasure":{"record":"01912345-6789-7abc-8def-0123456789ab"}}"#,
    #"{"seq":1,"time":2,"erasure":{"kind":"contact"}}"#, #"{"seq":1,"time":2,"change":{}}"#,
    #"{"seq":1,"time":2,"state":{}}"#,
    #"{"seq":1,"time":2,"state":{"kind":"event","cells":[],"names":[],"record":"01912345-6789-7abc-8def-0123456789ab"}}"#,
    Text(#"{"seq":1,"time":2,"withdrawal":"\#(Sample.record)","own":{"n":1,"hash":"\#(Digest.zero.hex)"}}"#),
  ]

  /// Reads one entry as a client gets it, inside an answer.
  static func read(_ entry: String) throws -> FeedEntry {
    let head = Cursor(hub: "hub00001", seq: 99, chain: 1)
    let empty = Sample.text(
      SyncAnswer.bytes(
        hub: "hub00001", time: 1, own: .none, head: head, results: [], page: FeedWriter(), cursor: head,
        hasMore: false))
    let answer = try SyncAnswer(
      body: Sample.bytes(empty.replacing("\"entries\":[]", with: "\"entries\":[\(entry)]")))
    guard let first = answer.entries.first, answer.entries.count == 1 else { throw MessageError("no entry") }
    return first
  }

  static func meaning(_ entry: FeedEntry) -> JSON {
    var object: JSONObject = ["seq": .int(entry.seq), "time": .int(entry.time)]
    switch entry.content {
    case .change(let change):
      object["is"] = "change"
      object["record"] = .string(change.record.text)
      object["name"] = .string(change.name.text)
      object["hash"] = .string(Text(change.hash.hex))
    case .own(let n, let hash):
      object["is"] = "own"
      object["n"] = .int(n)
      object["hash"] = .string(Text(hash.hex))
    case .state(let state):
      object["is"] = "state"
      object["record"] = .string(state.record.text)
      object["erased"] = .bool(state.isErased)
      object["hash"] = .string(Text(state.hash.hex))
    case .withdrawal(let record):
      object["is"] = "withdrawal"
      object["record"] = .string(record.text)
    case .erasure(let record, let kind):
      object["is"] = "erasure"
      object["record"] = .string(record.text)
      object["kind"] = .string(kind)
    }
    return .object(object)
  }
}
