import JSON

extension ValueType {
  /// Whether a text is a value of this type; types that are not texts admit none.
  func admits(_ text: Text) -> Bool {
    switch self {
    case .line(let limit): PlainText.isLine(text, limit)
    case .lines(let limit): PlainText.isLines(text, limit)
    case .word(let words): words.known.contains(text) || words.isOpen && PlainText.isLine(text, Words.limit)
    case .web: Address.isWeb(text)
    case .link: Address.isLink(text)
    case .language: LanguageTag.isWellFormed(text)
    case .date: PartialDate.isValid(text)
    case .country: text.count == 2 && text.bytes.allSatisfy(Letters.isUpper)
    case .coordinates: Address.isCoordinates(text)
    case .mail: Address.isMail(text)
    case .identifier: Address.isIdentifier(text)
    case .integer, .when, .authors, .parts, .keyed, .reference: false
    }
  }

  /// What a value must be, to follow "it must be".
  var requirement: String {
    switch self {
    case .line(let limit): "one line of 1 to \(limit.scalars) characters (at most \(limit.bytes) bytes)"
    case .lines(let limit): "plain text of 1 to \(limit.scalars) characters (at most \(limit.bytes) bytes)"
    case .word(let words): Self.requirement(words)
    case .web:
      "a web address with https:// or http:// in front, without blanks, of at most \(Address.longest) bytes"
    case .link: "a URI such as https://example.org/join, without blanks, of at most \(Address.longest) bytes"
    case .language: "a language tag such as en, es or pt-BR"
    case .date: "a date such as 2020-01-15, 2020-01 or 2020"
    case .country: "two capital letters (ISO 3166-1) such as CO"
    case .coordinates: "latitude and longitude in degrees such as -1.2921,36.8219"
    case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
    case .mail: "an e-mail address with one @, without blanks, of at most 254 bytes"
    case .identifier:
      "a scheme and an identifier such as doi:10.1000/182 (a DOI in small letters), of at most 512 bytes"
    case .when: EventTime.forms
    case .authors: "a list of authors, each with 'literal', or with 'family' and 'given'"
    case .parts(let parts), .keyed(let parts):
      "an object of " + parts.map { "'\($0.name)'" }.joined(separator: ", ")
    case .reference(let words):
      "the UUID of another record in small letters, and a role: " + Self.requirement(words)
    }
  }

  private static func requirement(_ words: Words) -> String {
    let known = words.known.map(\.string).joined(separator: ", ")
    return words.isOpen
      ? "a word of at most \(Words.limit.scalars) characters such as \(known)" : "one of \(known)"
  }
}
