import JSON

/// One author of a publication; all of them are one value, since their order carries meaning.
enum Author {
  /// The most authors of one publication.
  static let most = 100

  static let parts: [Part] = [
    Part("literal", .line(TextLimit(300))), Part("family", .line(TextLimit(200))),
    Part("given", .line(TextLimit(200))),
    Part("particle", .line(TextLimit(40))), Part("suffix", .line(TextLimit(40))),
    Part("role", .word(.open("author", "editor", "translator", "contributor"))),
    Part("ref", .line(TextLimit(36))),
  ]

  static func check(_ value: JSON) throws(Violation) {
    guard let authors = value.array, (1...most).contains(authors.count) else {
      throw Violation(rule: "a list of 1 to \(most) authors")
    }
    for author in authors {
      guard let object = author.object else { throw Violation(rule: ValueType.authors.requirement) }
      try ValueType.check(object, parts)
      guard object["literal"] != nil || object["family"] != nil || object["given"] != nil,
        object["literal"] == nil || object["family"] == nil && object["given"] == nil
      else { throw Violation(rule: "given for each author: 'literal', or 'family' and 'given'") }
      if let ref = object["ref"]?.text, !ReferenceKey.isTarget(ref) {
        throw Violation(rule: "the UUID of a contact in small letters", part: "ref")
      }
    }
  }
}
