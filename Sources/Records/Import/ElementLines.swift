import JSON

/// Finds the lines on which the records of a JSON file begin, so that a bad one can be found.
///
/// Records are the objects within the outermost list; the text is known to be JSON.
enum ElementLines {
  static func of(_ bytes: ArraySlice<UInt8>) -> [Int] {
    var lines: [Int] = []
    var (line, depth, listDepth) = (1, 0, Int?.none)
    var (isString, isEscaped) = (false, false)
    for byte in bytes {
      if byte == 0x0A { line += 1 }
      if isString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == listDepth { lines.append(line) }
        depth += 1
        if byte == UInt8(ascii: "["), listDepth == nil { listDepth = depth }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return lines
  }
}
