/// The prepared statements of one connection, known by the address of their literal, at most `capacity`.
///
/// Whether a statement is free is asked of its reference count: if the cache is its only holder, nobody can
/// be in the middle of using it. So a holder who forgets to reset costs nothing but the time until then.
struct StatementCache {
  enum Lookup {
    /// Nobody else holds it; it is reset.
    case free(Statement)
    /// Somebody holds it.
    case inUse
    /// There is none, or only one that failed, which is dropped.
    case absent
  }

  private struct Entry {
    var statement: Statement
    var lastUse: UInt64
  }

  private let capacity: Int
  private var entries: [UnsafePointer<UInt8>: Entry] = [:]
  private var uses: UInt64 = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  var count: Int { entries.count }

  mutating func take(_ address: UnsafePointer<UInt8>) -> Lookup {
    guard let index = entries.index(forKey: address) else { return .absent }
    guard !entries.values[index].statement.hasFailed else {
      entries.remove(at: index)
      return .absent
    }
    guard isKnownUniquelyReferenced(&entries.values[index].statement) else { return .inUse }
    uses &+= 1
    entries.values[index].lastUse = uses
    let statement = entries.values[index].statement
    if !statement.isClean { statement.reset() }
    return .free(statement)
  }

  /// Adds a statement; in a full cache the one that was not used for the longest time makes room.
  mutating func insert(_ statement: Statement, for address: UnsafePointer<UInt8>) {
    if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      entries.removeValue(forKey: oldest.key)
    }
    uses &+= 1
    entries[address] = Entry(statement: statement, lastUse: uses)
  }

  mutating func removeAll() {
    entries.removeAll()
  }
}
