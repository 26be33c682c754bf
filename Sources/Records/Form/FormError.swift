/// What is wrong with the text of a form, each fault with its line.
public struct FormError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Fault: Hashable, Sendable {
    /// The line of the text, from 1.
    public let line: Int
    /// One clause that says what would be right.
    public let message: String
  }

  /// All that is wrong, in the order of the lines.
  public let faults: [Fault]

  init(_ faults: [Fault]) { self.faults = faults.sorted { $0.line < $1.line } }

  init(line: Int, _ message: String) { self.init([Fault(line: line, message: message)]) }

  /// The faults, a line each.
  public var description: String {
    faults.map { "line \($0.line): \($0.message)" }.joined(separator: "\n")
  }
}
