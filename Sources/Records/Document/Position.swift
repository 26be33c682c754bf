public import JSON

/// Positions of a list's items: texts of `0-9A-Za-z` that are compared by their bytes, and between any two of
/// which there is room for another one.
///
/// A position is a fraction in base 62 and never ends in `0`, since nothing would fit between `1` and `10`.
public enum Position {
  /// The most bytes of a position that a hub accepts; enough for any list that people write.
  public static let longest = 1_024

  static let requirement = "a position: 1 to \(longest) letters and digits, the last one not 0"

  /// A position after another one, or the first one of all.
  public static func after(_ last: Text?) -> Text {
    guard let last, let digits = digits(last), !digits.isEmpty else { return "V" }
    // Cutting after the digit that is raised keeps positions short where items are appended one by one.
    guard let index = digits.firstIndex(where: { $0 < 61 }) else { return text(digits + [1]) }
    return text(Array(digits[..<index]) + [digits[index] + 1])
  }

  /// A position strictly between two others; `nil` is the beginning, or the end.
  ///
  /// Where the second is not after the first (two items may share a position), the result is just after the
  /// first.
  public static func between(_ a: Text?, _ b: Text?) -> Text {
    let low = a.flatMap { digits($0) } ?? []
    guard let b, let high = digits(b), a.map({ $0 < b }) ?? true else { return after(a) }
    return text(middle(low, high))
  }

  /// Whether a text is a position.
  public static func isValid(_ text: Text) -> Bool {
    text.count <= longest && digits(text) != nil
  }

  /// A fraction between two others, the first smaller; digits beyond the end of the first are zeros.
  private static func middle(_ low: [UInt8], _ high: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var bound: [UInt8]? = high
    var index = 0
    while true {
      let floor = index < low.count ? low[index] : 0
      let ceiling = bound.map { index < $0.count ? $0[index] : 0 } ?? 62
      if ceiling > floor + 1 { return result + [(floor + ceiling) / 2] }
      result.append(floor)
      // Once a digit is smaller than the bound's, whatever follows stays below it.
      if ceiling > floor { bound = nil }
      index += 1
    }
  }

  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The values of the digits; `nil` if it is not a position, so that no loop can run without end.
  private static func digits(_ text: Text) -> [UInt8]? {
    guard let last = text.bytes.last, last != UInt8(ascii: "0") else { return nil }
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for byte in text.bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digits.append(byte - UInt8(ascii: "A") + 10)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digits.append(byte - UInt8(ascii: "a") + 36)
      default: return nil
      }
    }
    return digits
  }

  private static func text(_ digits: [UInt8]) -> Text {
    Text(String(decoding: digits.map { alphabet[Int($0)] }, as: UTF8.self))
  }
}
