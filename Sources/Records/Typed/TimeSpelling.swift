/// Spellings of a time that mean the same, from keyboards and word processors of the world.
enum TimeSpelling {
  /// The text with ASCII digits, hyphens, colons and blanks, two dots for a range, and two digits for a month, day or
  /// hour: `٢٠٢٧-٣-١` is `2027-03-01`, `2027-03-01 – 2027-03-03` is `2027-03-01..2027-03-03`.
  ///
  /// Only what leaves no doubt is changed: the order of a day, a month and a year never is.
  static func plain(_ text: String) -> String {
    // Longer than any time: looking at it again and again would take long.
    guard text.utf8.count <= 256 else { return text }
    return padded(ranged(text.unicodeScalars.map(plain).joined())).map(String.init).joined()
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0...0x7F: return String(Character(scalar))
    // Hyphens and dashes, the minus sign, and the hyphen of full width.
    case 0x2010...0x2015, 0x2212, 0xFF0D: return "-"
    case 0x2026: return ".."
    case 0xFF1A: return ":"
    case 0xFF0F: return "/"
    case 0xA0, 0x2000...0x200A, 0x202F, 0x3000: return " "
    // Marks that only turn the direction or have no width.
    case 0x61C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return ""
    default: break
    }
    if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
      return String(Int(value))
    }
    return String(Character(scalar))
  }

  /// A range between blanks, with a hyphen or in words, with two dots.
  private static func ranged(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: " ")), !text.contains("..") else { return text }
    for word in [" - ", " to ", " until "] where text.ranges(of: word).count == 1 {
      return text.replacing(word, with: "..")
    }
    return text
  }

  /// A single digit as a month or a day behind a year, or as an hour, gets its zero.
  private static func padded(_ text: String) -> [Character] {
    let characters = Array(text)
    var result: [Character] = []
    for (index, character) in characters.enumerated() {
      let before = index > 0 ? characters[index - 1] : " "
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      if character.isASCIIDigit, !before.isASCIIDigit, !after.isASCIIDigit {
        let isHour = after == ":" && (before == " " || before == "." || before == "T")
        let isDay = before == "-" && isBehindYear(characters[..<index])
        if isHour || isDay && (after == "-" || after == " " || after == ".") { result.append("0") }
      }
      result.append(character)
    }
    return result
  }

  /// Whether characters end in `2027-` or `2027-3-`.
  private static func isBehindYear(_ characters: ArraySlice<Character>) -> Bool {
    let word = characters.reversed().prefix { $0.isASCIIDigit || $0 == "-" }
    let parts = String(word.reversed()).split(separator: "-")
    return (1...2).contains(parts.count) && parts[0].count == 4
  }
}

extension Character {
  /// Whether it is one of `0` to `9`.
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
