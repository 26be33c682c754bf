/// A place in a record: a field, and for some fields a key in it.
struct NaivePath: Hashable, Comparable, CustomStringConvertible {
  let field: [UInt8]
  let key: [UInt8]?

  init(field: [UInt8], key: [UInt8]?) {
    self.field = field
    self.key = key
  }

  /// Reads `["field"]` or `["field","key"]`.
  init?(_ value: NaiveValue) {
    guard let items = value.asList, (1...2).contains(items.count), let field = items[0].asText else {
      return nil
    }
    var key: [UInt8]?
    if items.count == 2 {
      guard let text = items[1].asText else { return nil }
      key = text
    }
    self.init(field: field, key: key)
  }

  /// Whether this is `["@life"]`.
  var isLife: Bool { key == nil && ("@life" as StaticString).isEqual(field) }

  /// Whether this is the position of a list's item.
  var isPosition: Bool { field.suffix(9).elementsEqual("@position".utf8) }

  /// Whether this is an element of a reference field of this kind (Protocol, 5.3).
  func isReference(of kind: [UInt8]) -> Bool {
    let fields: [String] =
      switch kind.shown {
      case "event": ["participants", "relatedEvents", "relatedPublications"]
      case "publication": ["relatedEvents"]
      default: []
      }
    return key != nil && fields.contains { field.elementsEqual($0.utf8) }
  }

  var description: String { key.map { "\(field.shown)/\($0.shown)" } ?? field.shown }

  /// By field, then by key, a missing key first (Protocol, 4.8).
  static func < (one: NaivePath, other: NaivePath) -> Bool {
    if one.field != other.field { return one.field.lexicographicallyPrecedes(other.field) }
    guard let key = one.key else { return other.key != nil }
    guard let otherKey = other.key else { return false }
    return key.lexicographicallyPrecedes(otherKey)
  }
}
