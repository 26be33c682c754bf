/// UTF-8 as RFC 3629 section 4 spells it out, for the naive reader: a table of its lines, no library's help.
enum CodePoints {
  /// The ranges that the bytes of a character must lie in, a line a form; what stands in none is no UTF-8.
  private static let forms: [[ClosedRange<UInt8>]] = [
    [0x00...0x7F],
    [0xC2...0xDF, 0x80...0xBF],
    [0xE0...0xE0, 0xA0...0xBF, 0x80...0xBF],
    [0xE1...0xEC, 0x80...0xBF, 0x80...0xBF],
    [0xED...0xED, 0x80...0x9F, 0x80...0xBF],
    [0xEE...0xEF, 0x80...0xBF, 0x80...0xBF],
    [0xF0...0xF0, 0x90...0xBF, 0x80...0xBF, 0x80...0xBF],
    [0xF1...0xF3, 0x80...0xBF, 0x80...0xBF, 0x80...0xBF],
    [0xF4...0xF4, 0x80...0x8F, 0x80...0xBF, 0x80...0xBF],
  ]

  /// The code points of bytes that are UTF-8, or nothing if they are not.
  static func decode(_ bytes: [UInt8]) -> [Unicode.Scalar]? {
    var points: [Unicode.Scalar] = []
    var index = 0
    while index < bytes.count {
      guard let form = forms.first(where: { begins($0, bytes, index) }) else { return nil }
      guard let point = Unicode.Scalar(number(bytes, from: index, count: form.count)) else { return nil }
      points.append(point)
      index += form.count
    }
    return points
  }

  /// Whether the bytes from an index on are of this form.
  private static func begins(_ form: [ClosedRange<UInt8>], _ bytes: [UInt8], _ index: Int) -> Bool {
    guard form[0].contains(bytes[index]), form.count <= bytes.count - index else { return false }
    for place in 1..<form.count where !form[place].contains(bytes[index + place]) { return false }
    return true
  }

  private static func number(_ bytes: [UInt8], from start: Int, count: Int) -> UInt32 {
    let firstBits: [UInt8] = [0, 0x7F, 0x1F, 0x0F, 0x07]
    var number = UInt32(bytes[start] & firstBits[count])
    for index in start + 1..<start + count { number = number * 64 + UInt32(bytes[index] & 0x3F) }
    return number
  }

  /// The UTF-8 of code points.
  static func encode(_ points: [Unicode.Scalar]) -> [UInt8] {
    points.flatMap { Array($0.utf8) }
  }
}
