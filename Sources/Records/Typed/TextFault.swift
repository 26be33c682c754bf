import JSON

/// What is wrong with a text that was typed for a field of plain text, where the rule of the field does not say it.
enum TextFault {
  /// The fault; `nil` where the field's own rule says as much.
  static func violation(_ text: Text, _ type: ValueType) -> Violation? {
    let limit: TextLimit
    switch type {
    case .line(let most), .lines(let most): limit = most
    default: return nil
    }
    if let control = text.bytes.first(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") || $0 == 0x7F }) {
      let code = String(control, radix: 16, uppercase: true)
      let name = String(repeating: "0", count: 4 - code.count) + code
      return Violation(
        saying: "it holds a control character (U+\(name)), which no program shows; type it anew without it")
    }
    if let override = text.string.unicodeScalars.first(where: { (0x202D...0x202E).contains($0.value) }) {
      let code = String(override.value, radix: 16, uppercase: true)
      return Violation(
        saying: "it holds a character that turns the reading direction (U+\(code)); type it anew without it")
    }
    if case .line = type, text.bytes.contains(UInt8(ascii: "\n")) {
      return Violation(saying: "it has several lines, and takes one")
    }
    let count = text.string.unicodeScalars.count
    if count > limit.scalars {
      return Violation(saying: "it has \(count) characters, and takes at most \(limit.scalars)")
    }
    return nil
  }
}
