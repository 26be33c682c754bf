internal import Synchronization

/// A folder where bodies are kept that are too long for memory, and how much room they may take together.
public final class SpoolFolder: Sendable {
  let path: String
  private let limit: Int
  private let used = Atomic<Int>(0)

  /// A folder that exists; `limit` is in bytes, for all files together.
  public init(path: String, limit: Int = 1024 * 1024 * 1024) {
    self.path = path
    self.limit = limit
  }

  /// How much room is taken now, in bytes.
  public var usedBytes: Int { used.load(ordering: .relaxed) }

  func take(_ count: Int) -> Bool {
    let (_, now) = used.add(count, ordering: .relaxed)
    if now <= limit { return true }
    give(count)
    return false
  }

  func give(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}
