import JSON
public import Sync

/// What a hub asks of a change beyond being well-formed: known fields of known kinds hold what the table
/// says.
///
/// Fields and kinds that only a newer version knows pass untouched. What a change refuses here it refuses for
/// good, so the rules look at the change alone, never at a record's state.
public enum RecordRules {
  /// Checks every operation of a change; the reason names field and rule, and never repeats a value.
  public static func check(_ change: Change) throws(Rejection) {
    guard let kind = Kinds.named(change.kind) else { return }
    var counts: [Text: Int] = [:]
    for operation in change.operations {
      guard let path = operation.path, path != .life else { continue }
      guard let field = kind.field(path.fieldOfItem) else {
        if case .drop = operation, path.key == nil { throw dropWithoutKey(path, kind) }
        continue
      }
      do {
        try check(operation, at: path, of: field, record: change.record)
      } catch {
        throw Rejection(.invalidField, "field '\(path.field)' of \(kind.phrase): \(error.clause)")
      }
      if case .put(_, .null, _) = operation, field.isRequired {
        throw Rejection(.missingField, "field '\(path.field)' of \(kind.phrase) cannot be cleared")
      }
      guard field.isKeyed, !path.isPosition, case .put = operation else { continue }
      // A change with fewer operations than a field may have elements needs no counting.
      guard change.operations.count > field.maximumElements else { continue }
      counts[field.name, default: 0] += 1
      if counts[field.name, default: 0] > field.maximumElements {
        throw Rejection(
          .invalidField,
          "field '\(path.field)' of \(kind.phrase) has at most \(field.maximumElements) elements")
      }
    }
  }

  private static func check(
    _ operation: Operation, at path: Path, of field: Field, record: RecordID
  ) throws(Violation) {
    if path.isPosition, field.rule != .list {
      throw Violation(rule: "written without a position: it is no list")
    }
    switch operation {
    case .erase: return
    case .drop:
      if !field.isKeyed || path.key == nil {
        throw Violation(rule: "dropped by key; a field without keys is cleared")
      }
    case .put(_, .null, _) where !field.isKeyed && path.key == nil: return
    case .put(_, let value, _):
      if path.isPosition {
        guard let key = path.key, Field.isItemKey(key), let text = value.text, Position.isValid(text) else {
          throw Violation(rule: Position.requirement)
        }
      } else {
        try field.check(key: path.key, value: value, record: record)
      }
    }
  }

  private static func dropWithoutKey(_ path: Path, _ kind: Kind) -> Rejection {
    Rejection(.invalidField, "field '\(path.field)' of \(kind.phrase) is dropped without a key")
  }
}

extension Path {
  /// The field that a path belongs to: for the position of an item, the list's own name.
  var fieldOfItem: Text {
    isPosition ? Text(validating: field.bytes.dropLast("@position".utf8.count)) ?? field : field
  }
}
