/// Writes a table of cells (RFC 4180): commas, CR LF, and quotes where a cell needs them.
public struct CSVWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8]

  /// Begins with a byte order mark, by which spreadsheets know that the text is UTF-8, or without.
  public init(withMark: Bool) { bytes = withMark ? [0xEF, 0xBB, 0xBF] : [] }

  /// Writes one row.
  public mutating func write(_ cells: [[UInt8]]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      // A row of one empty cell would be an empty line.
      guard cell.contains(where: { ",\";\t\r\n".utf8.contains($0) }) || cell.isEmpty && cells.count == 1 else {
        bytes += cell
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in cell {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += [0x0D, 0x0A]
  }
}
