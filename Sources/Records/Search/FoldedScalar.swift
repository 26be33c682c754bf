/// What one scalar of decomposed text becomes when text is folded.
enum FoldedScalar {
  /// It disappears: accents, invisible characters, the Arabic elongation.
  case nothing
  /// It divides words: blanks, dashes, punctuation, symbols.
  case blank
  /// It stays, as this letter or digit.
  case ascii(UInt8)
  /// It stays, in its folded form.
  case text(String)

  init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      self = Self.folded(UInt8(truncatingIfNeeded: scalar.value))
      return
    }
    if let folded = Self.letters[scalar] {
      self = folded.isEmpty ? .nothing : .text(folded)
      return
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .format: self = .nothing
    case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation,
      .dashPunctuation,
      .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
      .mathSymbol,
      .currencySymbol, .modifierSymbol, .otherSymbol:
      self = .blank
    case .decimalNumber:
      self = .text(properties.numericValue.map { String(Int($0)) } ?? String(scalar))
    default:
      if properties.isDefaultIgnorableCodePoint {
        self = .nothing
      } else {
        // By way of the capital letters, so that final sigma and long s become what they are in a word's
        // middle.
        self = .text(properties.uppercaseMapping.lowercased())
      }
    }
  }

  /// What an ASCII character becomes.
  static func folded(_ byte: UInt8) -> FoldedScalar {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): .ascii(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .ascii(byte | 0x20)
    // An apostrophe within a word: "Impact's" is found by "impacts".
    case UInt8(ascii: "'"): .nothing
    default: .blank
    }
  }

  /// Letters that have no decomposition but are typed without their stroke, and Arabic letters with several
  /// forms.
  private static let letters: [Unicode.Scalar: String] = [
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ð": "d", "Ð": "d",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ı": "i",
    "\u{0649}": "\u{064A}", "\u{06CC}": "\u{064A}", "\u{0629}": "\u{0647}", "\u{06A9}": "\u{0643}",
    "\u{0640}": "", "\u{2019}": "", "\u{02BC}": "",
  ]
}
