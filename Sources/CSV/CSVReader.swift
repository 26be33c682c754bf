/// Reads a table of cells (RFC 4180), byte by byte; one row that is badly written never stops the others.
///
/// Rows end with CR LF, LF or CR. A quote within a cell that does not begin with one is a character like any other;
/// a cell that does begin with one must end with one.
public struct CSVReader: Sendable {
  private let bytes: ArraySlice<UInt8>
  private let separator: UInt8
  private var index: Int
  private var line: Int

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - bytes: the file, without a byte order mark.
  ///   - separator: what divides cells.
  ///   - line: the number of the first line.
  public init(_ bytes: ArraySlice<UInt8>, separator: UInt8, line: Int = 1) {
    self.bytes = bytes
    self.separator = separator
    self.line = line
    index = bytes.startIndex
  }

  /// The next row; `nil` at the end.
  ///
  /// A line without anything is a row of one empty cell.
  public mutating func next() -> CSVRow? {
    guard index < bytes.endIndex else { return nil }
    let start = line
    var cells: [[UInt8]] = []
    var problem: String?
    while true {
      cells.append(cell(&problem))
      guard index < bytes.endIndex, bytes[index] == separator else { break }
      index += 1
    }
    endRow()
    return CSVRow(cells: cells, line: start, problem: problem)
  }

  private mutating func cell(_ problem: inout String?) -> [UInt8] {
    guard index < bytes.endIndex, bytes[index] == Self.quote else { return bare() }
    let start = line
    var cell: [UInt8] = []
    index += 1
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte != Self.quote {
        if byte == 0x0A || byte == 0x0D && !(index < bytes.endIndex && bytes[index] == 0x0A) { line += 1 }
        cell.append(byte)
      } else if index < bytes.endIndex, bytes[index] == Self.quote {
        cell.append(byte)
        index += 1
      } else {
        let rest = bare()
        if !rest.isEmpty { problem = problem ?? "a cell goes on after the quote that ends it" }
        return cell + rest
      }
    }
    problem = problem ?? "the quote that begins on line \(start) has no end, so the rest of the file is in one cell"
    return cell
  }

  /// What stands up to the next separator or end of a row.
  private mutating func bare() -> [UInt8] {
    let start = index
    while index < bytes.endIndex, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return Array(bytes[start..<index])
  }

  private mutating func endRow() {
    guard index < bytes.endIndex else { return }
    let isCarriageReturn = bytes[index] == 0x0D
    index += 1
    if isCarriageReturn, index < bytes.endIndex, bytes[index] == 0x0A { index += 1 }
    line += 1
  }

  private static let quote = UInt8(ascii: "\"")
}
