/// The field lines of a head up to its empty line (RFC 9112 §5), read one whole line at a time.
///
/// The faults of a line's shape (its end, its length) are found byte by byte and those of its content when
/// it is whole, so that the answer is the same however the bytes were cut.
struct FieldSection {
  private let base: Int
  private var lineStart: Int
  private var scanned: Int
  private var entries: [HTTPFields.Entry] = []

  /// A section whose first line begins at `start` of the bytes that will be given.
  init(start: Int) {
    base = start
    lineStart = start
    scanned = start
  }

  /// One past the section's last byte, once `read` has returned true.
  var end: Int { lineStart }

  /// Reads on, and returns whether the empty line has come; `bytes` may only have grown since the last call.
  mutating func read(_ bytes: [UInt8], limits: HTTPLimits) throws(HTTPFault) -> Bool {
    while let lineEnd = try nextLineEnd(bytes, limits) {
      let line = lineStart..<lineEnd
      lineStart = lineEnd + 2
      scanned = lineStart
      if line.isEmpty { return true }
      guard entries.count < limits.fields else { throw .headLength }
      entries.append(try Self.entry(bytes, line, base: base))
    }
    return false
  }

  /// The fields of a whole section, with a copy of their bytes.
  func fields(in bytes: [UInt8]) -> HTTPFields {
    HTTPFields(storage: Array(bytes[base..<lineStart]), entries: entries)
  }

  /// Where the CR of the current line stands, or nil while the line is not whole.
  private mutating func nextLineEnd(_ bytes: [UInt8], _ limits: HTTPLimits) throws(HTTPFault) -> Int? {
    let limit = min(lineStart + limits.line, base + limits.header)
    while scanned < bytes.count {
      let byte = bytes[scanned]
      if byte == .carriageReturn {
        guard scanned + 1 < bytes.count else { return nil }
        guard bytes[scanned + 1] == .lineFeed else { throw .lineEnd }
        return scanned
      }
      guard byte != .lineFeed else { throw .lineEnd }
      guard scanned < limit else { throw .headLength }
      scanned += 1
    }
    return nil
  }

  /// Takes a line apart; a blank before the colon or at the beginning is a fault (RFC 9112 §5.1, §5.2).
  private static func entry(
    _ bytes: [UInt8], _ line: Range<Int>, base: Int
  ) throws(HTTPFault) -> HTTPFields.Entry {
    var colon = line.lowerBound
    var hasUnderscore = false
    while colon < line.upperBound, bytes[colon] != .colon {
      guard bytes[colon].isToken else { throw .field }
      if bytes[colon] == UInt8(ascii: "_") { hasUnderscore = true }
      colon += 1
    }
    guard colon > line.lowerBound, colon < line.upperBound else { throw .field }
    var start = colon + 1
    var end = line.upperBound
    while start < end, bytes[start].isBlank { start += 1 }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    for index in start..<end where !bytes[index].isFieldContent { throw .field }
    if hasUnderscore { try refuseAlias(bytes[line.lowerBound..<colon]) }
    return HTTPFields.Entry(
      nameStart: line.lowerBound - base, nameEnd: colon - base, valueStart: start - base, valueEnd: end - base
    )
  }

  /// Refuses `Content_Length` and its like, which some proxies and gateways take for the real field.
  private static func refuseAlias(_ name: ArraySlice<UInt8>) throws(HTTPFault) {
    let dashed = name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }[...]
    for framing in ["content-length", "transfer-encoding"] where dashed.equalsIgnoringCase(framing) {
      throw .field
    }
  }
}
