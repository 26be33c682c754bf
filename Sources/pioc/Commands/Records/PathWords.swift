import JSON
import Records
import Sync
import Terminal

/// Where in a record something is, in words.
enum PathWords {
  /// The label of the field, or the name of one that this version does not know.
  static func label(_ path: Path, _ kind: Kind?) -> String { kind?.field(path.field)?.label ?? path.field.string }

  /// The field, and the element of it; the keys of a list's items say nothing to a person.
  static func place(_ path: Path, _ kind: Kind?) -> String {
    let label = label(path, kind)
    guard let key = path.key, kind?.field(path.field)?.rule != .list else { return label }
    return "\(label), \(DisplayWidth.clip(TerminalSafe.line(key.string), to: 40))"
  }
}
