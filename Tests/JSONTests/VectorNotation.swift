/// The notation of bytes in `Protocol/vectors/json.txt`, which that file explains.
enum VectorNotation {
  private static let backslash = UInt8(ascii: "\\")

  /// The bytes that a column stands for.
  static func read(_ column: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = column
    while let byte = rest.first {
      if let value = hexadecimal(rest) {
        bytes.append(value)
        rest = rest.dropFirst(4)
      } else if let (count, piece, length) = copies(rest) {
        bytes += copied(piece, count)
        rest = rest.dropFirst(length)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  /// How bytes are noted, without copies of pieces; so what a random test found can become a line.
  static func spell(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var column: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isOuterBlank = byte == 0x20 && (index == 0 || index == bytes.count - 1)
      let following = index + 1 < bytes.count ? bytes[index + 1] : 0
      let isMistakable = byte == backslash && [UInt8(ascii: "x"), UInt8(ascii: "(")].contains(following)
      if (0x20..<0x7F).contains(byte), !isOuterBlank, !isMistakable {
        column.append(byte)
      } else {
        column += [backslash, UInt8(ascii: "x"), digits[Int(byte / 16)], digits[Int(byte % 16)]]
      }
    }
    return column.isEmpty ? #"\(0*x\)"# : String(decoding: column, as: UTF8.self)
  }

  /// The value of `\xHH`, if the text begins with it.
  private static func hexadecimal(_ text: ArraySlice<UInt8>) -> UInt8? {
    let head = Array(text.prefix(4))
    guard head.count == 4, head.starts(with: #"\x"#.utf8) else { return nil }
    let digits = head.dropFirst(2).map { Array("0123456789ABCDEF".utf8).firstIndex(of: $0) }
    guard let high = digits[0], let low = digits[1] else { return nil }
    return UInt8(high * 16 + low)
  }

  /// The parts of `\(N*PIECE\)` and its length, if the text begins with it.
  private static func copies(_ text: ArraySlice<UInt8>) -> (
    count: Int, piece: ArraySlice<UInt8>, length: Int
  )? {
    guard text.starts(with: #"\("#.utf8), let star = text.firstIndex(of: UInt8(ascii: "*")) else {
      return nil
    }
    guard let count = Int(String(decoding: text[(text.startIndex + 2)..<star], as: UTF8.self)) else {
      return nil
    }
    for end in star + 1..<text.endIndex where text[end...].starts(with: #"\)"#.utf8) {
      return (count, text[(star + 1)..<end], end + 2 - text.startIndex)
    }
    return nil
  }

  /// The copies of a piece, each with its number put in if the piece asks for that.
  private static func copied(_ piece: ArraySlice<UInt8>, _ count: Int) -> [UInt8] {
    guard let place = piece.indices.first(where: { piece[$0...].starts(with: ##"\#"##.utf8) }) else {
      return repeated(read(piece), count)
    }
    let (before, after) = (read(piece[..<place]), read(piece[(place + 2)...]))
    let width = "\(count)".utf8.count
    return (0..<count).flatMap { number in
      let digits = Array("\(number)".utf8)
      return before + [UInt8](repeating: UInt8(ascii: "0"), count: width - digits.count) + digits + after
    }
  }

  /// Doubling, because some texts have millions of copies and a debug build takes its time over each.
  private static func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    let half = repeated(bytes, count / 2)
    return half + half + (count % 2 == 1 ? bytes : [])
  }
}
