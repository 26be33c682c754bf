import Crypto
import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// `POST /v1/records`: plain records of an integrator; one result for each, in order.
  ///
  /// Of a long body it is one part, whose answer is kept under a key of its own.
  func post(
    _ records: [Result<PostedRecord, Rejection>], hash: Digest, part: Int, _ http: HTTPRequest,
    from replica: ReplicaID
  ) throws -> HTTPResponse {
    let table = IntegratorTable(connection: store.connection)
    let isDryRun = try flag("dry_run", in: http)
    let expected = EntityTags(http.fields, "if-match")
    let request = expected.map { SHA256.hash(hash.bytes + $0.bytes) } ?? hash
    // What a request without the dry run would be refused for, this one is too.
    // No key that is sent has a blank in it.
    let sentKey = try idempotencyKey(http).map { part == 0 ? $0 : "\($0) \(part)" }
    let key = isDryRun ? nil : sentKey
    if let key, let earlier = try table.answer(key, of: replica, now: clock()) {
      guard earlier.request == request else {
        throw HubRefusal(.keyReused, "this Idempotency-Key came with another body or If-Match before")
      }
      return HubAnswer.json(earlier.body, status: earlier.status)
    }
    guard expected == nil || records.count == 1 else {
      throw HubRefusal(.badRequest, "If-Match goes with one record, not with \(records.count)")
    }
    // What this group wrote before must be found by its foreign ids.
    try log.flush()
    var posting = RecordPosting(
      log: log, replica: replica, now: clock(), isDryRun: isDryRun, expected: expected, random: random)
    var counts: [PostResult.Status: Int64] = [:]
    let results = try records.map { record -> JSON in
      let result =
        switch record {
        case .success(let posted): try posting.post(posted)
        case .failure(let rejection): PostResult.refused(rejection)
        }
      counts[result.status, default: 0] += 1
      return result.json
    }
    let body = answer(results, counts, isDryRun: isDryRun).write()
    if let key { try table.keep(key, of: replica, request: request, status: 200, body: body, now: clock()) }
    return HubAnswer.json(body)
  }

  private func answer(_ results: [JSON], _ counts: [PostResult.Status: Int64], isDryRun: Bool) -> JSON {
    var object: JSONObject = ["hub": .string(hub), "head": .string(log.head.text), "dry_run": .bool(isDryRun)]
    for status in PostResult.Status.allCases {
      object[Text(status.rawValue)] = .int(counts[status] ?? 0)
    }
    object["results"] = .array(results)
    return .object(object)
  }

  /// A parameter that is said or not; without a value it is said.
  func flag(_ name: String, in http: HTTPRequest) throws -> Bool {
    switch http.query(name) {
    case nil, "false", "0": false
    case "true", "1", "": true
    default: throw HubRefusal(.badRequest, "'\(name)' is not true or false")
    }
  }

  private func idempotencyKey(_ http: HTTPRequest) throws -> String? {
    guard let key = http.fields["idempotency-key"] else { return nil }
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw HubRefusal(.badRequest, "an Idempotency-Key is 1 to 200 visible ASCII characters")
    }
    return key
  }
}
