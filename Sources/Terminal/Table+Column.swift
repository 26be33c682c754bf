extension Table {
  /// One column of a table.
  public struct Column: Sendable {
    /// On which side the text stands.
    public enum Alignment: Sendable {
      /// At the left, as text is.
      case left
      /// At the right, as numbers are.
      case right
    }

    /// The heading.
    public let title: String
    /// On which side the cells stand.
    public let alignment: Alignment
    /// The least width when the terminal is narrow.
    public let minimum: Int
    /// The share of the room that is left; 0 keeps the column whole as long as possible.
    public let weight: Int

    /// Describes a column; one with a weight above 0 is clipped before those without.
    public init(_ title: String, alignment: Alignment = .left, minimum: Int = 6, weight: Int = 0) {
      self.title = title
      self.alignment = alignment
      self.minimum = max(1, minimum)
      self.weight = min(max(0, weight), 1000)
    }
  }
}
