import JSON

/// Well-formedness of language tags (RFC 5646 §2.1), without the registry and without its grandfathered tags.
enum LanguageTag {
  /// Whether a text is a well-formed tag such as `en`, `pt-BR` or `zh-Hant`.
  static func isWellFormed(_ text: Text) -> Bool {
    guard text.count <= 64 else { return false }
    let tags = text.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard tags.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(isAlphanumeric) }) else {
      return false
    }
    var rest = tags[...]
    guard let first = rest.first else { return false }
    if isPrivate(first) { return rest.count > 1 }
    guard (2...8).contains(first.count), first.allSatisfy(Letters.isLetter) else { return false }
    rest.removeFirst()
    if first.count <= 3 { skip(&rest, atMost: 3) { $0.count == 3 && $0.allSatisfy(Letters.isLetter) } }
    skip(&rest, atMost: 1) { $0.count == 4 && $0.allSatisfy(Letters.isLetter) }
    skip(&rest, atMost: 1) {
      $0.count == 2 && $0.allSatisfy(Letters.isLetter) || $0.count == 3 && $0.allSatisfy(Digits.isDigit)
    }
    skip(&rest, atMost: .max) { $0.count >= 5 || $0.count == 4 && $0.first.map(Digits.isDigit) ?? false }
    return skipExtensions(&rest)
  }

  /// Passes over extensions and what is for private use; says whether the tag then is at its end.
  private static func skipExtensions(_ rest: inout ArraySlice<ArraySlice<UInt8>>) -> Bool {
    while let singleton = rest.first, singleton.count == 1 {
      if isPrivate(singleton) { return rest.count > 1 }
      rest.removeFirst()
      let before = rest.count
      skip(&rest, atMost: .max) { $0.count >= 2 }
      if rest.count == before { return false }
    }
    return rest.isEmpty
  }

  private static func skip(
    _ rest: inout ArraySlice<ArraySlice<UInt8>>, atMost limit: Int, while belongs: (ArraySlice<UInt8>) -> Bool
  ) {
    var count = 0
    while count < limit, let tag = rest.first, belongs(tag) {
      rest.removeFirst()
      count += 1
    }
  }

  private static func isPrivate(_ tag: ArraySlice<UInt8>) -> Bool {
    tag.count == 1 && tag.first.map { $0 | 0x20 } == UInt8(ascii: "x")
  }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool { Letters.isLetter(byte) || Digits.isDigit(byte) }
}
