/// Appends JSON piece by piece, for answers that are sent without building a tree.
///
/// It puts the commas; to open and close in pairs, and a key before each of an object's values, is the
/// caller's part. The bytes may be taken away in between: what is still to come does not depend on them.
public struct JSONWriter: Sendable {
  /// What has been written.
  public var bytes: [UInt8]
  private var needsComma = false

  /// Starts a value, after bytes that are already there.
  public init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// Opens an object.
  public mutating func beginObject() {
    separate()
    bytes.append(Byte.openBrace)
    needsComma = false
  }

  /// Closes an object.
  public mutating func endObject() {
    bytes.append(Byte.closeBrace)
    needsComma = true
  }

  /// Opens an array.
  public mutating func beginArray() {
    separate()
    bytes.append(Byte.openBracket)
    needsComma = false
  }

  /// Closes an array.
  public mutating func endArray() {
    bytes.append(Byte.closeBracket)
    needsComma = true
  }

  /// Writes a key that the program knows; a literal costs no allocation.
  public mutating func key(_ key: StaticString) {
    separate()
    key.withUTF8Buffer { Escape.appendQuoted($0.span, to: &bytes) }
    bytes.append(Byte.colon)
    needsComma = false
  }

  /// Writes a key.
  @_disfavoredOverload  // a literal shall be a StaticString
  public mutating func key(_ key: Text) {
    separate()
    Escape.appendQuoted(key.bytes.span, to: &bytes)
    bytes.append(Byte.colon)
    needsComma = false
  }

  /// Writes a string.
  public mutating func string(_ text: Text) {
    separate()
    Escape.appendQuoted(text.bytes.span, to: &bytes)
    needsComma = true
  }

  /// Writes a string.
  public mutating func string(_ string: String) {
    separate()
    Escape.appendQuoted(string.utf8Span.span, to: &bytes)
    needsComma = true
  }

  /// Writes an integer.
  public mutating func int(_ integer: Int64) {
    separate()
    Decimal.append(integer, to: &bytes)
    needsComma = true
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    needsComma = true
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Writes a value.
  public mutating func value(_ value: JSON) {
    separate()
    value.write(into: &bytes)
    needsComma = true
  }

  /// Writes bytes that are one JSON value.
  public mutating func raw(_ value: [UInt8]) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
  }

  /// Writes a slice that is one JSON value.
  public mutating func raw(_ value: ArraySlice<UInt8>) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
  }

  /// Writes bytes in memory that are one JSON value.
  public mutating func raw(_ value: UnsafeRawBufferPointer) {
    separate()
    bytes.append(contentsOf: value)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(Byte.comma) }
  }
}
