import Testing

@testable import SQLite

@Suite("StatementCache")
struct StatementCacheTests {
  @Test("a full cache lets go of what was not used for the longest time")
  func bound() throws {
    let connection = try Connection(path: "", mode: .memory)
    var cache = StatementCache(capacity: 3)
    let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    defer { storage.deallocate() }
    for number in 0..<3 {
      cache.insert(try connection.prepareOnce("SELECT \(number)"), for: storage + number)
    }
    guard case .free = cache.take(storage) else {
      Issue.record("the first is there")
      return
    }
    cache.insert(try connection.prepareOnce("SELECT 3"), for: storage + 3)
    #expect(cache.count == 3)
    guard case .absent = cache.take(storage + 1) else {
      Issue.record("1 went")
      return
    }
    for number in [0, 2, 3] {
      guard case .free(let statement) = cache.take(storage + number) else {
        Issue.record("\(number) stayed")
        return
      }
      #expect(try statement.step())
      #expect(statement.row.integer(0) == Int64(number))
    }
  }
}
