/// A value that can be reached only while holding its lock.
///
/// Unchecked Sendable because every access goes through the lock; let no reference out of the value escape.
public final class Locked<Value>: @unchecked Sendable {
  @usableFromInline let lock = Lock()
  @usableFromInline var value: Value

  /// A lock around this value, which nobody else may keep.
  @inlinable
  public init(_ value: sending Value) { self.value = value }

  /// Runs the closure on the value while holding the lock.
  @inlinable
  public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
