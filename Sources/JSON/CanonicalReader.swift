/// Walks over bytes that are known to be canonical JSON, for shapes that are known: nothing is checked twice and no
/// tree is built.
///
/// A scanner gives it out (``JSONScanner/checkedValue()``). Each step takes what it names if that comes next, or
/// takes nothing and says so; the caller then reads the value as a tree.
///
/// ```swift
/// guard reader.take("{\"n\":"), let n = reader.integer(), reader.take("}"), reader.isAtEnd else { return nil }
/// ```
public struct CanonicalReader: Sendable {
  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  /// Takes bytes that were checked.
  init(checked bytes: [UInt8], in place: Range<Int>) {
    self.bytes = bytes
    position = place.lowerBound
    end = place.upperBound
  }

  /// Takes a text if it is canonical JSON, and nothing otherwise.
  public init?(_ bytes: [UInt8]) {
    var reader = Reader(limits: .standard)
    guard (try? reader.admit(bytes.span)) != nil, let place = try? reader.skip(bytes.span), reader.isCanonical,
      place == bytes.indices
    else { return nil }
    self.init(checked: bytes, in: place)
  }

  /// Whether all was taken.
  public var isAtEnd: Bool { position == end }

  /// Takes exactly this text, if it comes next.
  public mutating func take(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end - position >= count else { return false }
    let isEqual = literal.withUTF8Buffer {
      ByteOrder.equal($0.span, bytes.span.extracting(position..<position + count))
    }
    if isEqual { position += count }
    return isEqual
  }

  /// Takes a string without escapes and gives the place of its content.
  public mutating func plainString() -> Range<Int>? {
    guard position < end, bytes[position] == Byte.quote else { return nil }
    let close = Escape.firstSpecial(in: bytes.span, from: position + 1)
    guard close < end, bytes[close] == Byte.quote else { return nil }
    let place = position + 1..<close
    position = close + 1
    return place
  }

  /// Takes an integer.
  public mutating func integer() -> Int64? {
    guard position < end, bytes[position] == Byte.minus || bytes[position] &- Byte.zero <= 9 else { return nil }
    var reader = Reader(limits: .standard, at: position)
    guard let integer = try? reader.number(bytes.span).integer else { return nil }
    position = reader.position
    return integer
  }

  /// Takes any value, as a tree.
  public mutating func value() -> JSON? {
    guard position < end else { return nil }
    if let place = plainString() { return .string(text(place)) }
    var reader = Reader(limits: .standard, at: position)
    guard let value = try? reader.value(bytes.span), reader.position <= end else { return nil }
    position = reader.position
    return value
  }

  /// The content of a string.
  public func text(_ place: Range<Int>) -> Text { Text(validated: Array(bytes[place])) }

  /// The bytes of a place, without a copy.
  public func slice(_ place: Range<Int>) -> ArraySlice<UInt8> { bytes[place] }

  /// The bytes of a place, without a copy and without counting a reference.
  public func withBytes<T>(_ place: Range<Int>, _ body: (Span<UInt8>) -> T) -> T { body(bytes.span.extracting(place)) }

  /// Whether a text has the bytes of a place.
  public func holds(_ text: Text, at place: Range<Int>) -> Bool {
    ByteOrder.equal(text.bytes.span, bytes.span.extracting(place))
  }
}
