import JSON
import Sync

extension Field {
  /// Checks one value at one key of this field; the record is known where a reference to itself is to be
  /// found out.
  func check(key: Text?, value: JSON, record: RecordID?) throws(Violation) {
    switch (rule, key) {
    case (.plain, nil), (.composite, nil): try type.check(value)
    case (.plain, _?), (.composite, _?):
      throw Violation(rule: "written at the field's own path, without a key")
    case (_, nil): throw Violation(rule: "written with a key for each element")
    case (.set, let key?): try checkElement(key, value)
    case (.reference, let key?):
      try Self.checkTrue(value)
      try checkReference(key, record: record)
    case (.list, let key?):
      guard Self.isItemKey(key) else {
        throw Violation(rule: "written under a key of 1 to 64 letters, digits, '-' and '_'")
      }
      try type.check(value)
    }
  }

  /// Stands for the random key that an item does not have yet.
  static let anyItemKey: Text = "new"

  /// Whether a text can be the key of a list's item.
  static func isItemKey(_ key: Text) -> Bool {
    (1...64).contains(key.count)
      && key.bytes.allSatisfy { Letters.isLetter($0) || Digits.isDigit($0) || "-_".utf8.contains($0) }
  }

  private func checkElement(_ key: Text, _ value: JSON) throws(Violation) {
    switch type {
    case .keyed(let parts):
      guard let object = value.object else {
        throw Violation(rule: "an object, {} where there is nothing to add")
      }
      guard let main = parts.first, main.type.admits(key) else {
        throw Violation(rule: parts.first?.type.requirement ?? "", part: parts.first?.name.string)
      }
      guard object[main.name] == nil else {
        throw Violation(rule: "the key, not a part of the value", part: main.name.string)
      }
      try ValueType.check(object, Array(parts.dropFirst()))
    case .parts(let parts):
      try Self.checkTrue(value)
      guard let json = try? JSON.parse(key.bytes), let object = json.object, json.canonical() == key.bytes
      else {
        throw Violation(rule: "the canonical JSON text of the element as its key")
      }
      try ValueType.check(object, parts)
    default:
      try Self.checkTrue(value)
      guard key.count <= Limits.keyBytes, type.admits(key) else { throw Violation(rule: type.requirement) }
    }
  }

  private func checkReference(_ key: Text, record: RecordID?) throws(Violation) {
    guard case .reference(let words) = type, let reference = ReferenceKey(key) else {
      throw Violation(rule: type.requirement)
    }
    if let role = reference.role, !ValueType.word(words).admits(role) {
      throw Violation(rule: ValueType.word(words).requirement, part: "role")
    }
    if reference.target == record { throw Violation(rule: "a reference to another record, not to itself") }
  }

  private static func checkTrue(_ value: JSON) throws(Violation) {
    guard value == .bool(true) else { throw Violation(rule: "true: the key holds the element") }
  }
}
