import Hub
import Sync
import TestKit

extension Desk {
  /// Some changes of both replicas to six records, refused, void and erased ones among them.
  func fill(_ count: Int, seed: UInt64, _ one: Scribe, _ two: Scribe) throws {
    var random = SeededRandom(seed)
    for _ in 0..<count {
      let author = random.below(2) == 0 ? one : two
      let n = try hub.log.held(of: author.id).n + 1
      let record = Desk.record(random.below(6))
      world.time += Int64(random.below(1_000)) - 200
      switch random.below(12) {
      case 0: author.push(author.change(n, record, Scribe.put("when", "soon")))
      case 1: author.push(try author.void(of: author.title(n, record, "void")))
      case 2 where random.below(4) == 0: author.push(author.change(n, record, #"{"erase":true}"#))
      case 3: author.push(author.change(n, record, #"{"put":["topics","t\#(n)"],"value":true}"#))
      case 4:
        let late = ChangeName(replica: author.id, n: n + 1_000, hash: random.next())
        author.push(author.title(n, record, "ahead \(n)", over: [late]))
      default: author.push(author.title(n, record, "title \(n)"))
      }
    }
  }
}
