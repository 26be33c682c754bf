@testable import Net
import Testing

@Suite("The queue of answers")
struct MailQueueTests {
  @Test("letters come out in the order in which they came, however long it never runs empty")
  func order() throws {
    var queue = MailQueue()
    var (added, taken): (UInt64, UInt64) = (0, 0)
    for round in 0..<3_000 {
      // A backlog at first, which is not worked off before the end.
      let new = (0..<UInt64(round == 0 ? 2_000 : round % 7)).map {
        Mail(raw: 1, ticket: added + $0, requestBytes: 0, response: nil)
      }
      added += UInt64(new.count)
      queue.add(new)
      for _ in 0..<3 {
        guard let mail = queue.next() else { continue }
        try #require(mail.ticket == taken)
        taken += 1
      }
      try #require(queue.isEmpty == (added == taken))
    }
    while let mail = queue.next() {
      try #require(mail.ticket == taken)
      taken += 1
    }
    #expect(taken == added)
    #expect(queue.isEmpty)
  }
}
