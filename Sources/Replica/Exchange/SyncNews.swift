public import JSON
public import Sync

/// What a sync did, record by record, for the person who asked for it.
public struct SyncNews: Hashable, Sendable {
  /// How a record that others wrote to looks now, against before.
  public enum Outcome: String, Hashable, Sendable {
    /// It was not here before.
    case new
    /// It shows something else than before, or holds another value.
    case changed
    /// It was deleted.
    case deleted
    /// It was deleted, and is back.
    case restored
    /// It was erased, or is no longer this replica's to see.
    case gone
  }

  /// What happened to one record.
  public struct Piece: Hashable, Sendable {
    /// The record.
    public let record: RecordID
    /// Own changes that the hub accepted.
    public var sent = 0
    /// Own changes that the hub refused.
    public var refused = 0
    /// What others did to it; `nil` if nothing.
    public var outcome: Outcome?
    /// The fields that others wrote to, where their changes came one by one.
    public var fields: Set<Text> = []
    /// Who wrote to it, where that is known.
    public var members: Set<MemberName> = []
    /// Whether own changes and others' met in it.
    public var isMerged = false
    /// How many more conflicts it has than before; less than 0 where some were settled.
    public var conflicts = 0

    init(_ record: RecordID) { self.record = record }
  }

  /// The records, in the order in which something happened to them; beyond ``most`` they are only counted.
  public private(set) var pieces: [Piece] = []
  /// How many records are not among the pieces.
  public private(set) var uncounted = 0
  /// The most records that are told one by one.
  public static let most = 1_000
  private var places: [RecordID: Int] = [:]

  /// Nothing yet.
  public init() {}

  /// Changes what is known of a record.
  mutating func note(_ record: RecordID, _ body: (inout Piece) -> Void) {
    if let place = places[record] { return body(&pieces[place]) }
    guard pieces.count < Self.most else {
      uncounted += 1
      return
    }
    var piece = Piece(record)
    body(&piece)
    places[record] = pieces.count
    pieces.append(piece)
  }

  /// Adds what a later page did.
  mutating func add(_ later: SyncNews) {
    for piece in later.pieces {
      note(piece.record) { known in
        known.sent += piece.sent
        known.refused += piece.refused
        known.outcome = Self.joined(known.outcome, piece.outcome)
        known.fields.formUnion(piece.fields)
        known.members.formUnion(piece.members)
        known.isMerged = known.isMerged || piece.isMerged || known.sent > 0 && piece.outcome == .changed
        known.conflicts += piece.conflicts
      }
    }
    uncounted += later.uncounted
  }

  /// A record that was new a page ago is new still.
  private static func joined(_ first: Outcome?, _ second: Outcome?) -> Outcome? {
    first == .new && (second == .changed || second == .restored) ? .new : second ?? first
  }
}
