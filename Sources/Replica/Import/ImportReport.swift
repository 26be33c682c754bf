public import JSON

/// What came of an import, item by item.
public struct ImportReport: Sendable {
  /// An item that was not taken.
  public struct Problem: Sendable {
    /// What it is called in the file; may be empty.
    public let source: Text
    /// Its kind, as far as the file says it.
    public let kind: Text
    /// Which record of the file it is, from 1.
    public let number: Int
    /// The line on which it begins, from 1, where lines tell anything.
    public let line: Int?
    /// The field that is wrong, if it is one.
    public let field: Text?
    /// Why it was not taken, without the field's name in front.
    public let reason: String
  }

  /// Records that are new here.
  public internal(set) var added: [Text: Int] = [:]
  /// Records that were changed.
  public internal(set) var updated = 0
  /// Records that said already what the file says.
  public internal(set) var unchanged = 0
  /// Records that were there, and were left as they are.
  public internal(set) var skipped = 0
  /// Items that were not taken.
  public internal(set) var problems: [Problem] = []
}

/// What becomes of an item of a file whose record is here already and says something else.
public enum DuplicateRule: String, Sendable, CaseIterable {
  /// The record is left as it is.
  case skip
  /// What the file says is written to the record.
  case update
  /// The item becomes a record of its own.
  case new
}
