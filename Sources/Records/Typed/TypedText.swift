import JSON

/// Brings what a person typed into the form in which it is stored: NFC, line feeds, no blanks around it.
enum TypedText {
  /// The text as it is stored.
  static func normalized(_ string: String) -> Text {
    Text(validating: trimmed(Text(Normalization.composed(string)).bytes.withoutCarriageReturns[...])) ?? ""
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
