/// The members of a JSON object in their order.
///
/// Looking up a key goes through the members one by one, which is the fastest way for the objects of a
/// protocol; for thousands of members build a dictionary. Equality regards the order: compare
/// ``JSON/canonical()`` to disregard it.
public struct JSONObject: Hashable, Sendable {
  /// The members in the order in which they are written.
  ///
  /// Keys must differ; the writer does not check it.
  public var members: [JSONMember]

  /// Makes an object without members.
  public init() {
    members = []
  }

  /// Makes an object of members whose keys differ.
  public init(_ members: [JSONMember]) {
    self.members = members
  }

  /// The number of members.
  public var count: Int { members.count }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of a key that the program knows; a literal costs no allocation.
  public func value(_ key: StaticString) -> JSON? {
    for member in members where member.key.matches(key) { return member.value }
    return nil
  }

  /// The value of a key: setting replaces it in place or appends it, setting `nil` removes the member.
  ///
  /// Set `.null` for a member that is `null`.
  public subscript(key: Text) -> JSON? {
    get {
      for member in members where member.key == key { return member.value }
      return nil
    }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(JSONMember(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: Sequence {
  /// Goes through the members in their order.
  public func makeIterator() -> IndexingIterator<[JSONMember]> {
    members.makeIterator()
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Makes an object that keeps the order of the literal.
  public init(dictionaryLiteral members: (Text, JSON)...) {
    self.init(members.map { JSONMember(key: $0.0, value: $0.1) })
  }
}
