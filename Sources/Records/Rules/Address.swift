import JSON

/// Addresses and identifiers that other systems give out; they are kept as they were typed.
enum Address {
  /// The most bytes of a URI.
  static let longest = 2_048

  /// Whether a text is an `http` or `https` address with a host.
  static func isWeb(_ text: Text) -> Bool {
    guard PlainText.isUnbroken(text, bytes: longest) else { return false }
    let lowered = Letters.lowered(text)
    guard let scheme = ["http://", "https://"].first(where: { lowered.hasPrefix($0) }),
      let first = text.bytes.dropFirst(scheme.utf8.count).first
    else { return false }
    return !"/?#:@".utf8.contains(first)
  }

  /// Whether a text is a URI (RFC 3986 §3) of a scheme that a browser does not run as a program.
  static func isLink(_ text: Text) -> Bool {
    guard PlainText.isUnbroken(text, bytes: longest), let scheme = scheme(of: text) else { return false }
    return !["javascript", "data", "vbscript", "blob", "file"].contains(scheme)
      && text.count > scheme.utf8.count + 1
  }

  /// The scheme of a URI in small letters; `nil` where the text does not begin with one.
  static func scheme(of text: Text) -> String? {
    guard let colon = text.bytes.firstIndex(of: UInt8(ascii: ":")), let first = text.bytes.first,
      Letters.isLetter(first)
    else { return nil }
    let name = text.bytes[..<colon]
    guard name.allSatisfy({ Letters.isLetter($0) || Digits.isDigit($0) || "+.-".utf8.contains($0) }) else {
      return nil
    }
    return String(decoding: name.map { Letters.lowered($0) }, as: UTF8.self)
  }

  /// Whether a text is an e-mail address: one `@` with something on both sides, other scripts included.
  static func isMail(_ text: Text) -> Bool {
    guard PlainText.isUnbroken(text, bytes: 254) else { return false }
    let sides = text.bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { !$0.isEmpty }
  }

  /// Whether a text is `scheme:value`; a DOI is bare and has no capital letters, as they do not tell two
  /// apart.
  static func isIdentifier(_ text: Text) -> Bool {
    guard PlainText.isLine(text, TextLimit(512, bytes: 512)),
      let colon = text.bytes.firstIndex(of: UInt8(ascii: ":")), (1...32).contains(colon)
    else { return false }
    let value = text.bytes[(colon + 1)...]
    guard let first = text.bytes.first, Letters.isLower(first), !value.isEmpty,
      text.bytes[..<colon].allSatisfy({ Letters.isLower($0) || Digits.isDigit($0) || $0 == UInt8(ascii: "-") }
      )
    else { return false }
    guard text.bytes[..<colon].elementsEqual("doi".utf8) else { return true }
    return value.starts(with: "10.".utf8) && !value.contains(where: Letters.isUpper)
  }

  /// Whether a text is latitude and longitude in decimal degrees.
  static func isCoordinates(_ text: Text) -> Bool {
    let sides = text.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    return sides.count == 2 && isDegrees(sides[0], limit: 90) && isDegrees(sides[1], limit: 180)
  }

  private static func isDegrees(_ bytes: ArraySlice<UInt8>, limit: Int) -> Bool {
    let unsigned = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    let parts = unsigned.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let degrees = Digits.number(whole, count: whole.count), degrees <= limit,
      whole.count <= 3, !whole.isEmpty
    else { return false }
    guard parts.count == 2 else { return true }
    guard (1...10).contains(parts[1].count), parts[1].allSatisfy(Digits.isDigit) else { return false }
    return degrees < limit || parts[1].allSatisfy { $0 == UInt8(ascii: "0") }
  }
}
