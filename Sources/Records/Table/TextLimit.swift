/// How long a text may be, in Unicode scalars and in bytes: both, because some scripts take three bytes a
/// letter.
public struct TextLimit: Hashable, Sendable {
  /// The most Unicode scalars.
  public let scalars: Int
  /// The most bytes of UTF-8.
  public let bytes: Int

  /// A limit in scalars; four bytes for each of them unless said otherwise.
  public init(_ scalars: Int, bytes: Int? = nil) {
    self.scalars = scalars
    self.bytes = bytes ?? scalars * 4
  }
}
