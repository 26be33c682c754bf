/// The parts of a status line (RFC 9112 §4).
struct StatusLine {
  var minor: UInt8
  var status: Int
  /// One past the line's end.
  var end: Int

  /// Reads a line that begins at `start`, or returns nil while its end is missing.
  static func scan(_ bytes: [UInt8], from start: Int, lineLimit: Int) throws(HTTPFault) -> StatusLine? {
    guard let version = try HTTPVersion.scan(bytes, from: start) else { return nil }
    guard version.major == 1 else { throw .version }
    var index = start + HTTPVersion.length
    var status = 0
    for offset in 0..<5 {
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      let isBlank = offset == 0 || offset == 4
      guard isBlank ? byte == .space : byte.isDigit else { throw .startLine }
      if !isBlank { status = status * 10 + Int(byte &- 0x30) }
      index += 1
    }
    guard (100...599).contains(status) else { throw .startLine }
    while index < bytes.count {
      if bytes[index] == .carriageReturn {
        guard index + 1 < bytes.count else { return nil }
        guard bytes[index + 1] == .lineFeed else { throw .lineEnd }
        return StatusLine(minor: version.minor, status: status, end: index + 2)
      }
      guard bytes[index].isFieldContent else { throw .startLine }
      guard index - start < lineLimit else { throw .headLength }
      index += 1
    }
    return nil
  }
}
