import JSON

/// ASCII letters.
enum Letters {
  /// Whether a byte is an ASCII letter.
  static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }

  /// Whether a byte is a small ASCII letter.
  static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

  /// Whether a byte is a capital ASCII letter.
  static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

  /// A byte with a capital ASCII letter made small.
  static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  /// Bytes with the capital ASCII letters made small; all others stay as they are.
  static func lowered(_ text: Text) -> String {
    String(decoding: text.bytes.map { lowered($0) }, as: UTF8.self)
  }
}
