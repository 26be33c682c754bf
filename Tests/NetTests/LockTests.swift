import Net
import Testing

@Suite("Lock")
struct LockTests {
  @Test("threads that add under a lock lose nothing")
  func counter() {
    let count = Locked(0)
    let threads = (0..<4).map { _ in
      Background { for _ in 0..<10_000 { count.withLock { $0 += 1 } } }
    }
    for thread in threads { #expect(thread.wait()) }
    #expect(count.withLock { $0 } == 40_000)
  }

  @Test("a lock is given back when its closure throws")
  func throwing() {
    struct Failure: Error {}
    let lock = Lock()
    #expect(throws: Failure.self) { try lock.withLock { throw Failure() } }
    #expect(lock.withLock { true })
  }
}
