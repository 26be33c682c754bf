/// Why a text is not JSON, or is beyond the limits, and where.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong; the raw value is a stable code for programs.
  public enum Kind: String, Sendable, CaseIterable {
    /// A key that its object already has.
    case duplicateKey = "duplicate-key"
    /// Bytes that are not UTF-8 (RFC 8259 section 8.1).
    case invalidUTF8 = "invalid-utf8"
    /// An escaped half of a surrogate pair without its other half; no UTF-8 text can hold it.
    case loneSurrogate = "lone-surrogate"
    /// A comma with no element or member after it.
    case trailingComma = "trailing-comma"
    /// Arrays and objects nested beyond the limit.
    case tooDeep = "too-deep"
    /// A text, a string or a number longer than the limit.
    case tooLong = "too-long"
    /// More members or elements than the limit.
    case tooMany = "too-many"
    /// A byte that cannot stand where it stands.
    case unexpectedByte = "unexpected-byte"
    /// The text ends within a value, or has none.
    case unexpectedEnd = "unexpected-end"
    /// Something like a number that is none (RFC 8259 section 6).
    case invalidNumber = "invalid-number"
    /// A reverse solidus that begins none of the escapes of RFC 8259 section 7.
    case invalidEscape = "invalid-escape"
    /// A control character in a string that is not escaped.
    case controlCharacter = "control-character"
    /// Anything but blanks after the value.
    case trailingBytes = "trailing-bytes"
    /// U+FEFF before the value, which RFC 8259 section 8.1 allows to refuse.
    case byteOrderMark = "byte-order-mark"
    /// A scanner was asked for something whose turn it is not: the caller's mistake, not the text's.
    case outOfTurn = "out-of-turn"
  }

  /// What is wrong.
  public let kind: Kind
  /// The byte at which it is wrong, from the start of the text.
  ///
  /// For a string that is too long and a key that is there twice it is the opening quotation mark, for a
  /// number the first byte, for an escape its reverse solidus, for a trailing comma the comma, for a missing
  /// end the length.
  public let offset: Int

  /// Makes an error.
  public init(kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  init(_ kind: Kind, at offset: Int) {
    self.init(kind: kind, offset: offset)
  }
}

extension JSONError: CustomStringConvertible {
  /// The code and the place.
  public var description: String { "\(kind.rawValue) at byte \(offset)" }
}
