/// A body that is kept outside memory, say in a file without a name: for those that are too long to be held.
///
/// Its owner decides where; one thread at a time writes or reads it.
public protocol SpooledBody: AnyObject, Sendable {
  /// How many bytes it holds.
  var count: Int { get }
  /// Appends bytes; false when there is no room for them, after which it holds what it held.
  func append(_ bytes: [UInt8]) -> Bool
  /// Reads up to so many bytes, fewer only at the end; `nil` when they cannot be read.
  func read(at offset: Int, count: Int) -> [UInt8]?
}
