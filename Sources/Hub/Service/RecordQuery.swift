import Crypto
import HTTP
import JSON
import Records
import Store
import Sync

/// What `GET /v1/records` is asked for.
struct RecordQuery {
  /// The kind that is wanted; `nil` for all.
  let kind: Text?
  /// The folded words that a record must hold, all of them.
  let terms: [[String]]
  /// The member that wrote a value of it.
  let member: MemberName?
  let onlyConflicts: Bool
  /// Whether deleted and erased ones are told too, so that a reader can take them away.
  let withDeleted: Bool
  /// The time of the last change at the earliest, by the hub's clock, in milliseconds.
  let updatedSince: Int64
  /// The entry of the log after which to look; 0 for the beginning.
  let after: Int64
  let limit: Int
  /// How many bytes of text to look for are taken.
  static let mostTextBytes = 500
  /// How many different words are looked for: each is looked for in all that a record says.
  static let mostTerms = 16
  /// The greatest integer of the protocol (Protocol/README.md, 2.5).
  private static let latest: Int64 = 9_007_199_254_740_991

  /// What tells this query from others.
  let fingerprint: [UInt8]

  /// - Parameter position: the seq of a cursor; throws if it is not of this log.
  init(_ http: HTTPRequest, position: (String) throws -> Int64) throws {
    kind = try http.query("kind").map { name in
      guard let kind = Kinds.named(Text(name)) else { throw HubRefusal(.badRequest, "there is no kind '\(name)'") }
      return kind.name
    }
    terms = try Self.terms(http.query("text") ?? "")
    member = try http.query("member").map { name in
      guard let member = MemberName(Text(name)) else {
        throw HubRefusal(.badRequest, "'member' is not the name of a member")
      }
      return member
    }
    onlyConflicts = try Self.flag("conflicts", http)
    withDeleted = try Self.flag("deleted", http)
    updatedSince = try Self.time(http.query("updated_since"))
    after = try http.query("cursor").map(position) ?? 0
    limit = max(1, try HubRequest.number("limit", in: http, default: 100, upTo: 1_000))
    fingerprint = http.query.flatMap { Array("\($0.name)=\($0.value)".utf8) + [0] }
  }

  /// Whether a record is wanted, as far as its state says.
  func wants(_ state: RecordState) -> Bool {
    if let member, !state.cells.contains(where: { $0.name.replica.member == member }) { return false }
    guard !terms.isEmpty else { return true }
    let text = SearchText.of(state)
    return terms.allSatisfy { forms in forms.contains { text.contains($0) } }
  }

  private static func terms(_ text: String) throws -> [[String]] {
    guard text.utf8.count <= mostTextBytes else {
      throw HubRefusal(.badRequest, "'text' has more than \(mostTextBytes) bytes")
    }
    let terms = SearchText.terms(text)
    guard terms.count <= mostTerms else { throw HubRefusal(.badRequest, "'text' has more than \(mostTerms) words") }
    return terms.map(SearchText.forms)
  }

  private static func flag(_ name: String, _ http: HTTPRequest) throws -> Bool {
    switch http.query(name) {
    case nil, "false": false
    case "true": true
    default: throw HubRefusal(.badRequest, "'\(name)' is neither true nor false")
    }
  }

  private static func time(_ text: String?) throws -> Int64 {
    guard let text else { return 0 }
    guard let time = Int64(text), (0...Self.latest).contains(time), "\(time)" == text else {
      throw HubRefusal(.badRequest, "'updated_since' is not a time in milliseconds since 1970")
    }
    return time
  }
}
