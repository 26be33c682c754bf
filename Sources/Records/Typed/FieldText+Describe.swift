public import JSON
import Sync

extension FieldText {
  /// The text for one value: what was typed, or would have to be typed.
  ///
  /// A value of a shape that only a newer version knows is shown as JSON.
  public static func describe(_ value: JSON, key: Text?, field: Field) -> String {
    switch (field.rule, key) {
    case (.set, let key?): element(value, key, field.type)
    case (.reference, let key?): reference(key)
    case (.list, _): item(value, field.type) ?? fallback(value)
    case (_, nil): composite(value, field.type) ?? fallback(value)
    case (_, let key?): "\(key) \(fallback(value))"
    }
  }

  private static func fallback(_ value: JSON) -> String { value.text?.string ?? value.description }

  private static func composite(_ value: JSON, _ type: ValueType) -> String? {
    switch type {
    case .when: value.object.flatMap { try? EventTime($0) }?.typed
    case .authors: value.array?.map { AuthorText.describe($0) }.joined(separator: "; ")
    case .parts(let parts): value.object.map { PartText(parts: parts).describe($0) }
    default: nil
    }
  }

  private static func element(_ value: JSON, _ key: Text, _ type: ValueType) -> String {
    switch type {
    case .parts(let parts):
      return (try? JSON.parse(key.bytes))?.object.map { PartText(parts: parts).describe($0) } ?? key.string
    case .keyed(let parts):
      var object = value.object ?? [:]
      object[parts[0].name] = .string(key)
      return PartText(parts: parts).describe(object)
    default: return key.string
    }
  }

  private static func reference(_ key: Text) -> String {
    guard let reference = ReferenceKey(key) else { return key.string }
    return reference.target.description + (reference.role.map { ":\($0)" } ?? "")
  }

  private static func item(_ value: JSON, _ type: ValueType) -> String? {
    guard case .parts(let parts) = type, let kind = value[parts[0].name]?.text,
      let text = value[parts[1].name]?.text
    else { return nil }
    return "\(kind): \(text)"
  }
}
