/// Where a string's content is in the input, without the quotation marks; its escapes have been checked.
struct StringSpan {
  var start: Int
  var end: Int
  /// Whether there are escapes to resolve; without any, the content is the text.
  var isEscaped: Bool

  /// The number of bytes in the input.
  var count: Int { end - start }

  /// The string as text.
  func text(in bytes: Span<UInt8>) -> Text {
    guard isEscaped else {
      return Text(validated: bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) })
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(end - start)
    var index = start
    while index < end {
      let plain = min(Escape.firstSpecial(in: bytes, from: index), end)
      bytes.extracting(index..<plain).withUnsafeBufferPointer { decoded.append(contentsOf: $0) }
      index = plain
      guard index < end else { break }
      index += StringSpan.resolve(bytes, at: index, to: &decoded)
    }
    return Text(validated: decoded)
  }

  /// Appends what the escape at an index stands for, and gives the escape's length.
  private static func resolve(_ bytes: Span<UInt8>, at index: Int, to decoded: inout [UInt8]) -> Int {
    if let byte = Escape.byte(for: bytes[index + 1]) {
      decoded.append(byte)
      return 2
    }
    let unit = unit(bytes, at: index)
    guard unit & 0xF800 == 0xD800 else {
      append(unit, to: &decoded)
      return 6
    }
    let low = StringSpan.unit(bytes, at: index + 6)
    append(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF, to: &decoded)
    return 12
  }

  /// The UTF-16 code unit of the checked escape at an index.
  private static func unit(_ bytes: Span<UInt8>, at index: Int) -> UInt32 {
    var unit: UInt32 = 0
    for place in index + 2..<index + 6 {
      unit = unit << 4 | UInt32(Escape.hexadecimalDigit(bytes[place]) ?? 0)
    }
    return unit
  }

  private static func append(_ codePoint: UInt32, to decoded: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(codePoint) else { return }
    decoded.append(contentsOf: scalar.utf8)
  }
}
