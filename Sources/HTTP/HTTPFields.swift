/// The field lines of a message in their order, found by name without regard to the case of ASCII letters.
///
/// The lines stay in one piece of memory as they came, since most fields of most requests are never read.
public struct HTTPFields: Sendable {
  /// Where a name and a value stand in `storage`.
  struct Entry: Sendable {
    var nameStart: Int
    var nameEnd: Int
    var valueStart: Int
    var valueEnd: Int
  }

  private var storage: [UInt8]
  private var entries: [Entry]

  /// No fields.
  public init() { self.init(storage: [], entries: []) }

  /// The given fields in this order.
  public init(_ fields: [HTTPField]) {
    self.init()
    for field in fields { append(field) }
  }

  init(storage: [UInt8], entries: [Entry]) {
    self.storage = storage
    self.entries = entries
  }

  /// Adds a field after the others.
  public mutating func append(_ field: HTTPField) {
    let nameStart = storage.count
    storage.append(contentsOf: field.name.utf8)
    let nameEnd = storage.count
    storage.append(contentsOf: field.value)
    entries.append(
      Entry(nameStart: nameStart, nameEnd: nameEnd, valueStart: nameEnd, valueEnd: storage.count))
  }

  /// The first value with this name as text, bytes that are not UTF-8 as U+FFFD.
  ///
  /// Where a repeated field would be an attack (`Authorization`), ask for `count(of:)` too.
  public subscript(_ lowercasedName: String) -> String? {
    bytes(of: lowercasedName).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first value with this name as it was sent.
  public func bytes(of name: String) -> ArraySlice<UInt8>? {
    for entry in entries where matches(entry, name) { return storage[entry.valueStart..<entry.valueEnd] }
    return nil
  }

  /// How many field lines have this name.
  public func count(of name: String) -> Int {
    var found = 0
    for entry in entries where matches(entry, name) { found += 1 }
    return found
  }

  /// All values with this name, in the order of their lines.
  public func values(of name: String) -> [String] {
    var found: [String] = []
    for entry in entries where matches(entry, name) {
      found.append(String(decoding: storage[entry.valueStart..<entry.valueEnd], as: UTF8.self))
    }
    return found
  }

  /// Whether any value with this name has the token in its comma-separated list (RFC 9110 §5.6.1).
  public func hasToken(_ token: String, in name: String) -> Bool {
    for entry in entries where matches(entry, name) {
      for element in storage[entry.valueStart..<entry.valueEnd].split(separator: .comma)
      where element.trimmingBlanks.equalsIgnoringCase(token) {
        return true
      }
    }
    return false
  }

  private func matches(_ entry: Entry, _ name: String) -> Bool {
    storage[entry.nameStart..<entry.nameEnd].equalsIgnoringCase(name)
  }
}

extension HTTPFields: RandomAccessCollection {
  /// Where the first field stands.
  public var startIndex: Int { 0 }

  /// One past the last field.
  public var endIndex: Int { entries.count }

  /// The field at this place.
  public subscript(_ position: Int) -> HTTPField {
    let entry = entries[position]
    return HTTPField(
      name: String(decoding: storage[entry.nameStart..<entry.nameEnd], as: UTF8.self),
      value: Array(storage[entry.valueStart..<entry.valueEnd]))
  }
}

extension HTTPFields: Equatable {
  /// Whether both hold the same fields, spelled alike, in the same order.
  public static func == (left: HTTPFields, right: HTTPFields) -> Bool { left.elementsEqual(right) }
}
