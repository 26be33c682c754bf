/// Keeps cells from being run as formulas when a file is opened in a spreadsheet (CSV injection, CWE-1236).
///
/// A cell that begins with `=`, `+`, `-`, `@` (also in their wide forms), a tab, a line end or NUL, be it after quotes or
/// blanks, gets an apostrophe in front. The rule looks through apostrophes, so what was guarded needs guarding too, and
/// ``bare(_:)`` takes away exactly what ``guarded(_:)`` has put there.
public enum SpreadsheetGuard {
  /// The cell as it can be opened safely.
  public static func guarded(_ cell: [UInt8]) -> [UInt8] {
    isRisky(cell[...]) ? [apostrophe] + cell : cell
  }

  /// The cell as it was before it was guarded.
  public static func bare(_ cell: [UInt8]) -> [UInt8] {
    cell.first == apostrophe && isRisky(cell.dropFirst()) ? Array(cell.dropFirst()) : cell
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func isRisky(_ cell: ArraySlice<UInt8>) -> Bool {
    let rest = cell.drop { $0 == apostrophe || $0 == UInt8(ascii: "\"") || $0 == 0x20 }
    guard let first = rest.first else { return false }
    if [0x00, 0x09, 0x0A, 0x0D].contains(first) || "=+-@".utf8.contains(first) { return true }
    // U+FF1D, U+FF0B, U+FF0D and U+FF20: some spreadsheets take them for the narrow ones.
    return [[0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0xA0]]
      .contains { rest.starts(with: $0) }
  }
}
