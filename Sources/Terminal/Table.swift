/// Rows and columns: aligned for a person, separated by tabs for a program.
///
/// Cells may hold anything: what could move the cursor, break a row or turn its direction is replaced.
public struct Table: Sendable {
  /// The columns in order.
  public let columns: [Column]
  private var rows: [[String]] = []
  private static let gap = 2

  /// A table without rows.
  public init(columns: [Column]) {
    self.columns = columns
  }

  /// How many rows have been added.
  public var count: Int { rows.count }

  /// Whether there is no row yet.
  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; missing cells are empty, cells beyond the last column are dropped.
  public mutating func add(_ cells: [String]) {
    let missing = max(0, columns.count - cells.count)
    rows.append(cells.prefix(columns.count) + Array(repeating: "", count: missing))
  }

  /// The heading and all rows, a line each; without a width nothing is clipped.
  ///
  /// On a terminal no line is wider than `width`, and right-to-left text is isolated (UAX #9, U+2068 and
  /// U+2069) so that it cannot reorder its neighbours. Elsewhere cells are whole and parted by tabs.
  public func render(style: Style, width: Int?) -> String {
    style.isTerminal ? aligned(style, width) : separated()
  }

  private func separated() -> String {
    var result = ""
    for row in [columns.map(\.title)] + rows {
      result += row.map(TerminalSafe.field).joined(separator: "\t") + "\n"
    }
    return result
  }

  private func aligned(_ style: Style, _ width: Int?) -> String {
    let titles = columns.map { TerminalSafe.line($0.title) }
    let cells = rows.map { $0.map(TerminalSafe.line) }
    var natural = titles.map(DisplayWidth.of)
    for row in cells {
      for (index, cell) in row.enumerated() { natural[index] = max(natural[index], DisplayWidth.of(cell)) }
    }
    let widths = ColumnWidths.fit(columns, natural: natural, gap: Self.gap, into: width)
    var result = style.bold(line(titles, widths)) + "\n"
    for row in cells { result += line(row, widths) + "\n" }
    return result
  }

  /// One row.
  ///
  /// Columns of width 0 are left out, and nothing is padded behind the last cell.
  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var result = ""
    var owed = 0
    for (index, width) in widths.enumerated() where width > 0 {
      let cell = DisplayWidth.clip(cells[index], to: width)
      let blanks = width - DisplayWidth.of(cell)
      let isRight = columns[index].alignment == .right
      if !cell.isEmpty {
        result += String(repeating: " ", count: owed + (isRight ? blanks : 0)) + TerminalSafe.isolated(cell)
        owed = isRight ? 0 : blanks
      } else {
        owed += blanks
      }
      owed += Self.gap
    }
    return result
  }
}
