import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// What a sync did, in words for a person and as JSON for a program.
struct SyncWords {
  private let run: SyncRun
  private let replica: LocalReplica
  private let titles: Titles
  /// How many records are named of each sort.
  private static let named = 10

  init(_ run: SyncRun, _ replica: LocalReplica) {
    self.run = run
    self.replica = replica
    titles = Titles(replica)
  }

  /// All lines, each with its line feed.
  func text() throws -> String {
    var lines = run.events.map(Self.sentence) + [summary()]
    lines += try sent() + received() + settled()
    lines += try refused() + conflicts()
    return lines.map { TerminalSafe.line($0) + "\n" }.joined()
  }

  /// What was exchanged, in one sentence.
  private func summary() -> String {
    let tally = run.tally
    var parts: [String] = []
    if tally.accepted > 0 {
      parts.append("sent \(Phrase.count(tally.accepted, "change"))" + among(tally.accepted) { $0.sent > 0 })
    }
    if tally.refused > 0 { parts.append("\(tally.refused) refused") }
    if tally.received > 0 { parts.append("received \(Phrase.count(tally.received, "change"))") }
    if tally.states > 0 { parts.append("received \(Phrase.count(tally.states, "record"))") }
    if tally.removed > 0 {
      let were = tally.removed == 1 ? "was" : "were"
      parts.append("removed \(Phrase.count(tally.removed, "record")) that \(were) erased or withdrawn")
    }
    if tally.erasedAgain > 0 {
      parts.append("erased \(Phrase.count(tally.erasedAgain, "record")) again that the hub had forgotten")
    }
    return parts.isEmpty
      ? "Nothing new: this replica and the hub agree." : "Synced: " + parts.joined(separator: ", ") + "."
  }

  /// In how many records so many changes are, where that is another number: each record has one line below.
  private func among(_ changes: Int, _ isCounted: (SyncNews.Piece) -> Bool) -> String {
    let records = run.news.pieces.count(where: isCounted)
    return run.news.uncounted > 0 || records >= changes ? "" : " to \(Phrase.count(records, "record"))"
  }

  private func sent() throws -> [String] {
    // What was erased is told as that: of what was sent to it nothing is left.
    try list(run.news.pieces.filter { $0.sent > 0 && $0.outcome != .gone }) { piece in
      let isDeleted = try replica.record(piece.record)?.state.isDeleted ?? false
      return "  sent      \(try name(piece.record))" + (isDeleted ? ": deleted" : "")
    }
  }

  private func received() throws -> [String] {
    let pieces = run.news.pieces.filter { $0.outcome != nil }
    return try list(pieces) { piece in
      let word = piece.outcome?.rawValue ?? ""
      if let kept = try kept(piece) { return "  kept      \(try name(piece.record)): \(kept)" }
      if try replica.record(piece.record)?.state.isErased ?? false { return erased(piece) }
      let fields = piece.outcome == .changed ? try labels(piece) : ""
      let by = piece.members.isEmpty ? "" : ", by \(Phrase.list(piece.members.sorted().map(\.description)))"
      let merged = piece.isMerged && piece.conflicts <= 0 ? "; merged with your changes" : ""
      return "  \(DisplayWidth.pad(word, to: 9)) \(try name(piece.record))\(fields)\(by)\(merged)"
    }
  }

  /// A record of which nothing is left, by its id: what it was called is gone too.
  private func erased(_ piece: SyncNews.Piece) -> String {
    let by = piece.members.isEmpty ? "" : ", by \(Phrase.list(piece.members.sorted().map(\.description)))"
    return "  erased    \(piece.record)\(by)" + (piece.sent > 0 ? "; what you wrote to it went with it" : "")
  }

  /// Why a record is still here that one city deleted while another wrote to it; `nil` if it is not so.
  private func kept(_ piece: SyncNews.Piece) throws -> String? {
    guard piece.conflicts > 0, !piece.members.isEmpty,
      try replica.record(piece.record)?.state.conflicts().contains(where: { $0.path == .life }) ?? false
    else { return nil }
    let who = Phrase.list(piece.members.sorted().map(\.description))
    switch piece.outcome {
    case .changed where piece.fields.isEmpty: return "deleted by \(who), while you wrote to it"
    case .restored where !piece.fields.isEmpty: return "\(who) wrote to it, while you deleted it"
    default: return nil
    }
  }

  private func settled() throws -> [String] {
    try list(run.news.pieces.filter { $0.conflicts < 0 && $0.outcome != nil }) {
      "  settled   \(try name($0.record)): a conflict was settled elsewhere"
    }
  }

  private func refused() throws -> [String] {
    let all = try replica.rejected()
    guard !all.isEmpty else { return [] }
    let fresh = Set(run.news.pieces.filter { $0.refused > 0 }.map(\.record))
    let lines = try all.filter { fresh.contains($0.change.record) }.prefix(Self.named).map { rejected in
      "  refused   \(try RejectedWords.name(rejected.change, titles)): \(rejected.rejection.detail)."
        + " Mend it: 'pioc rejected edit \(rejected.pos)'"
    }
    return ["Rejected: \(Phrase.count(all.count, "change")) of yours; see 'pioc rejected'."] + lines
  }

  private func conflicts() throws -> [String] {
    let count = try replica.conflictCount()
    guard count > 0 else { return [] }
    let fresh = run.news.pieces.filter { $0.conflicts > 0 }
    let lines = try list(fresh) { piece in
      let state = try replica.record(piece.record)?.state
      let places = (state?.conflicts() ?? []).map { conflict in
        let place = ConflictWords.place(conflict, state.flatMap { Kinds.named($0.kind) })
        return "\(place) (\(Phrase.list(ConflictWords.members(conflict))))"
      }
      return "  conflict  \(try name(piece.record)): \(places.joined(separator: "; "))"
    }
    return ["In conflict: \(Phrase.count(count, "record")); see 'pioc conflicts', settle with 'pioc resolve'."] + lines
  }

  private func list(_ pieces: [SyncNews.Piece], _ line: (SyncNews.Piece) throws -> String) rethrows -> [String] {
    let lines = try pieces.prefix(Self.named).map(line)
    return pieces.count > Self.named ? lines + ["  … and \(pieces.count - Self.named) more"] : lines
  }

  private func name(_ id: RecordID) throws -> String {
    guard let title = try titles.title(of: id) else { return id.description }
    return "\(Phrase.quoted(title)) (\(try titles.short(id)))"
  }

  private func labels(_ piece: SyncNews.Piece) throws -> String {
    guard !piece.fields.isEmpty, let kind = try replica.record(piece.record).flatMap({ Kinds.named($0.state.kind) })
    else { return "" }
    let words = piece.fields.sorted().map { kind.field($0)?.label.lowercased() ?? $0.string }
    return ": " + Phrase.list(words)
  }

  private static func sentence(_ event: SyncSession.Event) -> String {
    switch event {
    case .historyChanged(let held):
      "The hub is not where it was: it came back from a backup, or is a new one. "
        + "It holds \(held == 0 ? "none" : "the first \(held)") of this replica's changes; all others "
        + "were offered again, and nothing of yours is lost."
    case .forked(let former, let now):
      "Another copy of this replica has written under the name \(former), so this one goes on as "
        + "\(now). Nothing is lost, but use only one of the copies, or let each join by itself."
    }
  }

  /// The same for programs.
  func json() throws -> JSON {
    let events = run.events.map { event -> JSON in
      switch event {
      case .historyChanged(let held): ["event": "history-changed", "held": .int(held)]
      case .forked(let former, let now):
        ["event": "forked", "former": .string(former.text), "now": .string(now.text)]
      }
    }
    let tally = run.tally
    return [
      "sent": .int(Int64(tally.accepted)), "refused": .int(Int64(tally.refused)),
      "received": .int(Int64(tally.received)),
      "records": .int(Int64(tally.states)), "removed": .int(Int64(tally.removed)),
      "erasedAgain": .int(Int64(tally.erasedAgain)), "pending": .int(try replica.pendingCount()),
      "conflicts": .int(try replica.conflictCount()), "rejected": .int(try replica.rejectedCount()),
      "events": .array(events), "news": .array(try run.news.pieces.map(piece)),
      "unnamed": .int(Int64(run.news.uncounted)),
    ]
  }

  private func piece(_ piece: SyncNews.Piece) throws -> JSON {
    [
      "id": .string(piece.record.text), "title": .string(Text(try titles.title(of: piece.record) ?? "")),
      "sent": .int(Int64(piece.sent)), "refused": .int(Int64(piece.refused)),
      "outcome": piece.outcome.map { .string(Text($0.rawValue)) } ?? .null,
      "fields": .array(piece.fields.sorted().map { .string($0) }),
      "members": .array(piece.members.sorted().map { .string($0.text) }), "merged": .bool(piece.isMerged),
      "conflicts": .int(Int64(piece.conflicts)),
    ]
  }
}
