import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// `POST /v1/compact`: forgets bytes that nobody needs any more, some at a time.
  func compact(_ body: JSONObject) throws -> HTTPResponse {
    guard let days = body["days"].map({ $0.integer }) ?? 90, (0...36_500).contains(days) else {
      throw HubRefusal(.badRequest, "'days' is not a number of days from 0 to 36500")
    }
    return HubAnswer.json(.object(try compaction(days: days)))
  }

  /// One step of a compaction that keeps so many days, as it is told; belongs into a transaction.
  func compaction(days: Int64) throws -> JSONObject {
    let outcome = try compactSome(before: clock() - days * 86_400_000 + (days == 0 ? 1 : 0))
    var object: JSONObject = [
      "pruned": .int(outcome.pruned), "more": .bool(outcome.hasMore), "readByAll": .int(outcome.readByAll),
      "head": .int(log.head.seq),
    ]
    object["hindmost"] = outcome.hindmost.map { .string($0) }
    return object
  }

  /// One step of a compaction; belongs into a transaction.
  func compactSome(before: Int64) throws -> HubCompaction.Outcome {
    // How far the replicas have read is what they said last.
    try contacts.save(store.connection)
    return try HubCompaction(log: log, store: store).step(before: before)
  }
}
