/// How much of a JSON text is accepted, so that a hostile one costs no more than its length.
public struct JSONLimits: Sendable {
  /// How deep arrays and objects may be nested; a value outside of any has depth 0.
  ///
  /// Nesting is recursion, so the reader never goes deeper than 512, whatever is set here.
  public var depth: Int
  /// How many bytes the whole text may have.
  public var bytes: Int
  /// How many bytes one string may have, its escapes resolved; also how long a number may be.
  public var stringBytes: Int
  /// How many members one object may have.
  public var members: Int
  /// How many elements one array may have.
  public var elements: Int

  /// Makes limits; what is not given is as in ``standard``.
  public init(
    depth: Int = 64, bytes: Int = 16 << 20, stringBytes: Int = 1 << 20, members: Int = 10_000,
    elements: Int = 1_000_000
  ) {
    self.depth = depth
    self.bytes = bytes
    self.stringBytes = stringBytes
    self.members = members
    self.elements = elements
  }

  /// 16 MiB of text, 64 levels, 1 MiB a string, 10,000 members an object, 1,000,000 elements an array.
  public static let standard = JSONLimits()
}
