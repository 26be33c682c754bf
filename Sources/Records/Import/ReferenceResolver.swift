import JSON
import Sync

/// Puts the ids of records in the place of source ids.
struct ReferenceResolver {
  /// The first source id that was not found.
  private(set) var missing: Text?

  /// The document with its references replaced.
  mutating func resolved(_ document: JSONObject, _ kind: Kind?, _ lookup: (Text) -> RecordID?) -> JSONObject {
    var document = document
    for field in kind?.fields ?? [] {
      guard let array = document[field.name]?.array else { continue }
      switch (field.rule, field.name) {
      case (.reference, _): document[field.name] = .array(array.map { resolved($0, at: "ref", lookup) })
      case (_, "affiliations"): document[field.name] = .array(array.map { resolved($0, at: "org", lookup) })
      case (_, "authors"): document[field.name] = .array(array.map { resolved($0, at: "ref", lookup) })
      default: break
      }
    }
    return document
  }

  private mutating func resolved(_ element: JSON, at member: Text, _ lookup: (Text) -> RecordID?) -> JSON {
    if let text = element.text { return .string(resolved(text, lookup)) }
    guard var object = element.object, let text = object[member]?.text else { return element }
    object[member] = .string(resolved(text, lookup))
    return .object(object)
  }

  private mutating func resolved(_ text: Text, _ lookup: (Text) -> RecordID?) -> Text {
    guard text.bytes.starts(with: SampleFile.scheme.bytes + [UInt8(ascii: ":")]) else { return text }
    if let record = lookup(text) { return record.text }
    missing = missing ?? text
    return text
  }
}
