/// Reads JSON piece by piece, for fixed shapes and raw slices where a tree would cost too much.
///
/// As strict as ``JSON/parse(_:limits:)-([UInt8],_)``: what has been read is valid, and after ``finish()``
/// all of it is.
///
/// ```swift
/// var scanner = try JSONScanner(bytes)
/// try scanner.beginObject()
/// while let key = try scanner.nextKey() {
///   if key.matches("id") { id = try scanner.value().text } else { _ = try scanner.skip() }
/// }
/// try scanner.finish()
/// ```
///
/// After each key and each element exactly one value is due: ``value()``, ``skip()``, ``beginObject()`` or
/// ``beginArray()``. A call out of turn throws ``JSONError/Kind/outOfTurn`` and never traps. After any error
/// the scanner is good for nothing more.
public struct JSONScanner: Sendable {
  private enum Frame {
    case object(ObjectKeys)
    case array(count: Int)
  }

  /// Whose turn it is: a value's, that of an item's start or of the end, or, after an error, nobody's any
  /// more.
  private enum Turn {
    case value, item, nobody
  }

  private let bytes: [UInt8]
  private var reader: Reader
  private var frames: [Frame] = []
  private var turn = Turn.value

  /// Takes a text and checks at once that it is not too long, and UTF-8 without a byte order mark.
  public init(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    self.bytes = bytes
    reader = Reader(limits: limits)
    try reader.admit(bytes.span)
  }

  /// The next byte to be read.
  public var offset: Int { reader.position }

  /// The first byte of the next value, which tells what it is: `{`, `[`, `"`, a digit or `-`, `t`, `f`, `n`.
  ///
  /// Any other byte begins no value.
  public mutating func peek() throws(JSONError) -> UInt8 {
    let input = try begin(.value)
    let byte = try reader.nextByte(input.span)
    turn = .value
    return byte
  }

  /// Opens the object that must come next.
  public mutating func beginObject() throws(JSONError) {
    let input = try begin(.value)
    let byte = try reader.nextByte(input.span)
    guard byte == Byte.openBrace else { throw JSONError(.unexpectedByte, at: offset) }
    frames.append(.object(try reader.descendIntoObject()))
    turn = .item
  }

  /// Goes to the object's next member, or closes the object: then there is no key.
  public mutating func nextKey() throws(JSONError) -> Text? {
    let input = try begin(.item)
    guard case .object(var keys) = frames.popLast() else { throw JSONError(.outOfTurn, at: offset) }
    guard let key = try reader.nextKey(input.span, &keys) else {
      turn = .item
      return nil
    }
    frames.append(.object(keys))
    turn = .value
    return reader.recentKeys.text(of: key, in: input.span)
  }

  /// Opens the array that must come next.
  public mutating func beginArray() throws(JSONError) {
    let input = try begin(.value)
    let byte = try reader.nextByte(input.span)
    guard byte == Byte.openBracket else { throw JSONError(.unexpectedByte, at: offset) }
    try reader.descend()
    frames.append(.array(count: 0))
    turn = .item
  }

  /// Goes to the array's next element, or closes the array: then it is false.
  public mutating func nextElement() throws(JSONError) -> Bool {
    let input = try begin(.item)
    guard case .array(let count) = frames.popLast() else { throw JSONError(.outOfTurn, at: offset) }
    let isElement = try reader.nextElement(input.span, count: count)
    if isElement { frames.append(.array(count: count + 1)) }
    turn = isElement ? .value : .item
    return isElement
  }

  /// Reads the next value as a tree.
  public mutating func value() throws(JSONError) -> JSON {
    let input = try begin(.value)
    let value = try reader.value(input.span)
    turn = .item
    return value
  }

  /// Checks the next value in full without building it, and gives the place of its bytes, without blanks
  /// around.
  public mutating func skip() throws(JSONError) -> Range<Int> {
    let input = try begin(.value)
    let range = try reader.skip(input.span)
    turn = .item
    return range
  }

  /// Checks the next value in full as ``skip()`` does, and if it is canonical gives a reader of it besides.
  public mutating func checkedValue() throws(JSONError) -> (place: Range<Int>, canonical: CanonicalReader?) {
    let input = try begin(.value)
    _ = try reader.nextByte(input.span)
    // The note is of this value alone, whatever stands around it.
    let around = reader.isCanonical
    reader.isCanonical = true
    let place = try reader.skip(input.span)
    let canonical = reader.isCanonical
    reader.isCanonical = around && canonical
    turn = .item
    return (place, canonical ? CanonicalReader(checked: input, in: place) : nil)
  }

  /// Checks that the value is complete and that only blanks follow.
  public mutating func finish() throws(JSONError) {
    let input = try begin(.item)
    guard frames.isEmpty else { throw JSONError(.outOfTurn, at: offset) }
    try reader.finish(input.span)
    turn = .item
  }

  /// Checks that it is the turn of what is asked for, and until that is done it is nobody's.
  private mutating func begin(_ wanted: Turn) throws(JSONError) -> [UInt8] {
    guard turn == wanted else { throw JSONError(.outOfTurn, at: offset) }
    turn = .nobody
    // A copy, because the reader may not change while its neighbour in the same value is lent out as a span.
    return bytes
  }
}
