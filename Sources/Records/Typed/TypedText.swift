import JSON

/// Brings what a person typed into the form in which it is stored: NFC, line feeds, no blanks around it.
///
/// What comes along with text that is copied from a table or a terminal, and that no field may hold, is taken out: a tab
/// becomes a blank, and isolates and embeddings of the reading direction (UAX 9 §2) go. Overrides stay, and are refused:
/// they make a line read as another one.
enum TypedText {
  /// The text as it is stored.
  static func normalized(_ string: String) -> Text {
    let composed = Text(Normalization.composed(copied(string))).bytes.withoutCarriageReturns
    return Text(validating: trimmed(composed[...])) ?? ""
  }

  private static func copied(_ string: String) -> String {
    guard string.utf8.contains(where: { $0 == 0x09 || $0 == 0xE2 }) else { return string }
    var scalars = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x202A...0x202C, 0x2066...0x2069: continue
      case 0x09: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// Bytes without blanks, tabs and line ends around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let front = bytes.drop { isBlank($0) }
    guard let last = front.lastIndex(where: { !isBlank($0) }) else { return [] }
    return front[...last]
  }

  /// Bytes as text; the caller has cut them at ASCII characters only.
  static func text(_ bytes: some Sequence<UInt8>) -> Text { Text(validating: Array(bytes)) ?? "" }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension [UInt8] {
  /// The bytes with every `CR LF` and `CR` made a line feed.
  var withoutCarriageReturns: [UInt8] {
    guard contains(0x0D) else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    for (index, byte) in enumerated() {
      if byte == 0x0D {
        result.append(0x0A)
      } else if byte != 0x0A || index == 0 || self[index - 1] != 0x0D {
        result.append(byte)
      }
    }
    return result
  }
}
