import JSON

/// Text as a list of words, blanks and signs, which together are the text again.
///
/// Cut only between characters as readers see them (UAX #29), so that no letter loses its marks and no joined
/// right-to-left word is torn. Letters, digits and their marks form words; blanks form runs; every other character, and
/// every character of a script that is written without blanks, stands alone.
enum WordSplit {
  /// The pieces in their order.
  static func pieces(_ text: Text) -> [Text] {
    var pieces: [Text] = []
    var piece: [UInt8] = []
    var last = Class.sign
    for character in text.string {
      let current = Class(character, after: last)
      if !piece.isEmpty, current != last || current == .sign {
        pieces.append(Text(validating: piece) ?? "")
        piece = []
      }
      piece += character.utf8
      last = current
    }
    if !piece.isEmpty { pieces.append(Text(validating: piece) ?? "") }
    return pieces
  }

  /// Whether a piece is made of blanks.
  static func isBlank(_ piece: Text) -> Bool { piece.string.allSatisfy(\.isWhitespace) }

  private enum Class {
    case word
    case blank
    case sign

    init(_ character: Character, after last: Class) {
      guard let scalar = character.unicodeScalars.first else {
        self = .sign
        return
      }
      if character.isWhitespace {
        self = .blank
      } else if scalar.properties.generalCategory == .format {
        // A joiner or a direction mark belongs to what it stands behind.
        self = last
      } else if Class.standsAlone(scalar.value) {
        self = .sign
      } else {
        self = scalar.properties.isAlphabetic || character.isNumber ? .word : .sign
      }
    }

    /// Thai, Lao, Burmese, Khmer; kana, ideographs and their extensions.
    private static func standsAlone(_ value: UInt32) -> Bool {
      switch value {
      case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
        0x20000...0x3FFFF:
        true
      default: false
      }
    }
  }
}
