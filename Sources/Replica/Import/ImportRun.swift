import JSON
import Records
import Store
import Sync

/// One import under way, within its transaction.
struct ImportRun {
  private let replica: LocalReplica
  private let duplicates: DuplicateRule?
  private let time: Int64
  private let random: (Int) -> [UInt8]
  private var report = ImportReport()
  private var titles: KnownTitles
  /// The records of the file's own ids, to which its items refer.
  private var ids: [Text: RecordID] = [:]

  init(
    replica: LocalReplica, duplicates: DuplicateRule?, time: Int64, random: @escaping (Int) -> [UInt8]
  ) {
    self.replica = replica
    self.duplicates = duplicates
    self.time = time
    self.random = random
    titles = KnownTitles(replica)
  }

  mutating func take(_ items: [ImportItem]) throws -> ImportReport {
    for (index, item) in items.enumerated() where item.problem == nil && !item.sourceID.isEmpty {
      ids[item.sourceID] =
        try item.id ?? known(item) ?? ImportFile.derivedID(kind: item.kind, sourceID: item.sourceID) ?? newID(index)
    }
    for (index, item) in items.enumerated() {
      let item = item.resolved { ids[$0] }
      do {
        if let problem = item.problem { throw FieldError(problem) }
        try take(item, newID(index))
      } catch let error as FieldError {
        reject(item, index, error.message)
      } catch let error as ChangeError {
        reject(item, index, error.description)
      } catch let error as ReplicaError {
        reject(item, index, error.description)
      }
    }
    return report
  }

  /// A millisecond each, so that their ids differ early and can be shortened.
  private func newID(_ index: Int) -> RecordID {
    RecordID(milliseconds: time + Int64(index), random: random(10))
  }

  /// The record that has one of an item's foreign ids.
  private func known(_ item: ImportItem) throws -> RecordID? {
    for source in item.document["sourceIds"]?.array?.compactMap(\.text) ?? [item.sourceID] {
      if let id = try replica.imported(from: source) { return id }
    }
    return nil
  }

  private mutating func take(_ item: ImportItem, _ newID: RecordID) throws {
    guard let kind = Kinds.named(item.kind) else { throw FieldError("the kind '\(item.kind)' is not known") }
    let hasID = item.id != nil || !item.sourceID.isEmpty
    let id = try item.id ?? (hasID ? ids[item.sourceID] : titles.record(item, kind)) ?? newID
    guard let state = try replica.record(id)?.state, !state.isEmpty else {
      return try add(item, kind, id)
    }
    if state.isErased { throw ReplicaError.erased(id) }
    guard state.kind == kind.name else { throw FieldError("id: the record of this id is of another kind") }
    var draft = ChangeDraft(state: state, unaccepted: [])
    try Self.write(item.document, kind, &draft, random, updating: true)
    if draft.isEmpty {
      report.unchanged += 1
    } else if duplicates == .skip {
      report.skipped += 1
    } else if duplicates == .new {
      try add(item.withoutIDs, kind, newID)
    } else if state.isDeleted {
      throw FieldError("it was deleted here; 'pioc \(kind.name) restore \(id)' brings it back")
    } else if hasID || duplicates == .update {
      try replica.edit(id, kind: kind.name, at: time) {
        try Self.write(item.document, kind, &$0, random, updating: true)
      }
      report.updated += 1
    } else {
      throw FieldError(
        "one of the same title is here (\(id)) and says something else; give its id in a column 'id', or say what "
          + "to do with --on-duplicate")
    }
  }

  private mutating func add(_ item: ImportItem, _ kind: Kind, _ id: RecordID) throws {
    let owner = Text(try replica.settings.replica.member.description)
    var document = item.document
    if document["owner"] == nil { document["owner"] = .string(owner) }
    let change = try replica.edit(id, kind: kind.name, at: time) {
      try Self.write(document, kind, &$0, random, updating: false)
    }
    if change != nil { titles.add(item, id) }
    report.added[kind.name, default: 0] += 1
  }

  /// Writes a document into a draft; what other systems keep under names that begin with `x-` is taken as it comes.
  static func write(
    _ document: JSONObject, _ kind: Kind, _ draft: inout ChangeDraft, _ random: (Int) -> [UInt8], updating: Bool
  ) throws {
    let isExtra = { (key: Text) in key.bytes.starts(with: "x-".utf8) }
    let fields = JSONObject(document.filter { !isExtra($0.key) })
    try RecordDocument.draft(fields, kind: kind, into: &draft, itemKey: { ItemKey.make(random) }, updating: updating)
    let extras = document.filter { isExtra($0.key) }
    guard !extras.isEmpty else { return }
    let shown = RecordDocument.json(draft.state)
    for extra in extras where shown[extra.key]?.canonical() != extra.value.canonical() {
      guard Path(extra.key).isWellFormed else {
        throw FieldError("\(extra.key): a name that begins with 'x-' has letters, digits, '-' and '_'")
      }
      draft.put(Path(extra.key), extra.value)
    }
  }

  private mutating func reject(_ item: ImportItem, _ index: Int, _ reason: String) {
    let parts = reason.split(separator: ":", maxSplits: 1)
    let name = Text(String(parts.first ?? ""))
    let isNamed = parts.count == 2 && name.bytes.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "'") }
    report.problems.append(
      .init(
        source: item.sourceID, kind: item.kind, number: index + 1, line: item.line, field: isNamed ? name : nil,
        reason: isNamed ? String(parts[1].drop { $0 == " " }) : reason))
  }
}

extension ImportItem {
  /// The item as one that nobody has seen before.
  fileprivate var withoutIDs: ImportItem {
    var document = document
    document["sourceIds"] = nil
    return ImportItem(kind: kind, sourceID: "", document: document, index: index, line: line)
  }
}
