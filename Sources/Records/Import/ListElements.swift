import JSON

/// The elements of the outermost list of a JSON text, found by brackets and commas alone.
///
/// They are found in a text that is not valid, too, as long as its strings end and its brackets match: so one bad record
/// costs no other.
struct ListElements {
  /// One element as it stands there, without blanks around it, and the line on which it begins.
  struct Element {
    let line: Int
    let bytes: ArraySlice<UInt8>
  }

  /// The elements in their order; what is blank (after a comma at the end) is none.
  private(set) var elements: [Element] = []
  /// The text with nothing in that list.
  let shell: [UInt8]

  /// Finds them; `nil` where there is no list, or it does not end.
  init?(_ bytes: ArraySlice<UInt8>) {
    var (line, depth, listDepth) = (1, 0, Int?.none)
    var (list, end): (Int?, Int?) = (nil, nil)
    var current: (line: Int, start: Int, last: Int)?
    var (isString, isEscaped) = (false, false)
    for (index, byte) in zip(bytes.indices, bytes) {
      defer { if byte == 0x0A { line += 1 } }
      if isString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          depth += 1
          if byte == UInt8(ascii: "["), listDepth == nil {
            (listDepth, list) = (depth, index)
            continue
          }
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          depth -= 1
          if let listDepth, end == nil, depth < listDepth { end = index }
        default: break
        }
      }
      guard list != nil, end == nil || end == index else { continue }
      let isEnd = end == index || (byte == UInt8(ascii: ",") && depth == listDepth && !isString)
      if isEnd {
        if let current { elements.append(Element(line: current.line, bytes: bytes[current.start...current.last])) }
        current = nil
      } else if byte > 0x20 {
        current = (current?.line ?? line, current?.start ?? index, index)
      }
    }
    guard let list, let end else { return nil }
    shell = Array(bytes[...list]) + bytes[end...]
  }
}
