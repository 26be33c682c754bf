/// The byte classes of RFC 9110 §5.6 and RFC 3986 §2, as questions to one byte.
///
/// Bytes, not Characters: "\r\n" is one Character, and a letter with a combining mark is another letter.
extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var space: UInt8 { 0x20 }
  static var quote: UInt8 { UInt8(ascii: "\"") }
  static var percent: UInt8 { UInt8(ascii: "%") }
  static var comma: UInt8 { UInt8(ascii: ",") }
  static var slash: UInt8 { UInt8(ascii: "/") }
  static var colon: UInt8 { UInt8(ascii: ":") }
  static var semicolon: UInt8 { UInt8(ascii: ";") }
  static var equals: UInt8 { UInt8(ascii: "=") }
  static var question: UInt8 { UInt8(ascii: "?") }

  var isDigit: Bool { self &- 0x30 < 10 }

  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// The tchar of RFC 9110 §5.6.2.
  var isToken: Bool { ByteSet.token.contains(self) }

  /// What a path or a query is spelled with (RFC 3986 §3.3, §3.4), the percent sign included.
  var isPathOrQuery: Bool { ByteSet.pathOrQuery.contains(self) }

  /// What a host name is spelled with here; RFC 3986 allows more, but no name needs it.
  var isHostName: Bool { ByteSet.hostName.contains(self) }

  /// What a field value may hold: no control but the tab (RFC 9110 §5.5).
  var isFieldContent: Bool { self >= 0x20 ? self != 0x7F : self == .tab }

  /// Space or tab, the only blanks of the protocol.
  var isBlank: Bool { self == .space || self == .tab }

  /// The value of a hexadecimal digit.
  var hexValue: UInt8? {
    if isDigit { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }

  /// The lower-case form of an ASCII letter, and any other byte as it is.
  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
