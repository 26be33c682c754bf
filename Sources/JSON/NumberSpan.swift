/// Where a number is in the input, and its value where that is an `Int64`.
struct NumberSpan {
  var start: Int
  var end: Int
  /// The value of a number without fraction and exponent that fits and is not `-0`.
  var integer: Int64?

  /// The number as it is spelled.
  func text(in bytes: Span<UInt8>) -> Text {
    Text(validated: bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) })
  }
}
