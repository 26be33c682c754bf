import JSON
import Records
import SQLite
import Store
import Sync

/// Finds the records that items without any id may be, by their titles.
///
/// Two events of one title at different times are two events; everything else of one kind and one title may be the same.
struct KnownTitles {
  private let replica: LocalReplica
  private var records: [Text: [String: [RecordID]]] = [:]

  init(_ replica: LocalReplica) { self.replica = replica }

  /// The record that an item is, most likely: one that says what it says, or else the first of its title.
  mutating func record(_ item: ImportItem, _ kind: Kind) throws -> RecordID? {
    if records[kind.name] == nil { records[kind.name] = try load(kind) }
    var first: RecordID?
    for id in records[kind.name]?[Self.title(item)] ?? [] {
      guard let state = try replica.record(id)?.state, Self.isSame(item, state) else { continue }
      var draft = ChangeDraft(state: state, unaccepted: [])
      try ImportRun.write(item.document, kind, &draft, { [UInt8](repeating: 0, count: $0) }, updating: true)
      if draft.isEmpty { return id }
      first = first ?? id
    }
    return first
  }

  /// Remembers a record that was just added.
  mutating func add(_ item: ImportItem, _ id: RecordID) {
    records[item.kind]?[Self.title(item), default: []].append(id)
  }

  private func load(_ kind: Kind) throws -> [String: [RecordID]] {
    var found: [String: [RecordID]] = [:]
    try replica.store.connection.rows(
      "SELECT id, title FROM record WHERE deleted = 0 AND kind = ?1 ORDER BY num", .text(kind.name.string)
    ) { row in
      if let id = RecordID(bytes: row.bytes(0)) { found[row.text(1), default: []].append(id) }
    }
    return found
  }

  private static func title(_ item: ImportItem) -> String {
    (item.document["title"]?.text ?? item.document["name"]?["full"]?.text ?? "").string
  }

  private static func isSame(_ item: ImportItem, _ state: RecordState) -> Bool {
    guard item.kind == Kinds.event.name, let when = item.document["when"] else { return true }
    return state.value("when")?.canonical() == when.canonical()
  }
}
