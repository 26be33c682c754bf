/// One row of a table: its cells, and where it stands in the file.
public struct CSVRow: Hashable, Sendable {
  /// The bytes of each cell, without the quotes around it.
  public let cells: [[UInt8]]
  /// The line of the file on which it begins, from 1.
  public let line: Int
  /// What is wrong with how it is written; `nil` if nothing is.
  public let problem: String?
}
