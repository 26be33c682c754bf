import JSON
import Records
import Sync

/// The records that a record points to.
enum RecordReferences {
  /// One pointer: the record it leads to, and the field that it stands in.
  struct Reference: Hashable {
    let target: RecordID
    let field: Text
  }

  /// All pointers of a record, from its keyed reference fields and from the organisations of its affiliations.
  static func of(_ state: RecordState) -> Set<Reference> {
    guard let kind = Kinds.named(state.kind) else { return [] }
    var found: Set<Reference> = []
    for field in kind.fields {
      for cell in state.cells(of: field.name) {
        guard let key = cell.path.key, let target = target(of: key, rule: field.rule) else { continue }
        found.insert(Reference(target: target, field: field.name))
      }
    }
    return found
  }

  private static func target(of key: Text, rule: Rule) -> RecordID? {
    if rule == .reference { return Text(validating: key.bytes.prefix(36)).flatMap { RecordID($0) } }
    guard key.bytes.first == UInt8(ascii: "{"), let json = try? JSON.parse(key.bytes) else { return nil }
    return json["org"]?.text.flatMap { RecordID($0) }
  }
}
