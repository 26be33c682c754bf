package import HTTP
package import JSON
import Sync

/// Takes a long body of records part by part, each part a request of its own with a transaction of its own.
///
/// Other requests come in between. A part that is refused (the token was revoked meanwhile, the disk is full) leaves the
/// others as they are: each of its records says so in its result. With an `Idempotency-Key` each part keeps its own
/// answer, so a request that is sent again goes on where the first one was cut off.
package struct RecordStream {
  /// The request, without its body.
  let http: HTTPRequest
  let body: any SpooledBody
  /// Where the results are put, which may be long too.
  let results: any SpooledBody
  let hub: Text
  /// Has a part answered.
  let ask: (HubRequest) -> HTTPResponse

  private var counts: [PostResult.Status: Int64] = [:]
  private var head: JSON = .null
  private var isDryRun: JSON = .null
  /// Why the first of those parts was not taken that failed at the hub.
  private var cause: String?

  package init(
    _ http: HTTPRequest, body: any SpooledBody, results: any SpooledBody, hub: Text,
    ask: @escaping (HubRequest) -> HTTPResponse
  ) {
    (self.http, self.body, self.results, self.hub, self.ask) = (http, body, results, hub, ask)
  }

  /// Takes all parts; the answer to the whole.
  package mutating func run() -> HTTPResponse {
    do throws(HubRefusal) { return try takeAll() } catch { return HubAnswer.problem(error, hub: hub) }
  }

  private mutating func takeAll() throws(HubRefusal) -> HTTPResponse {
    let (hash, records) = try PostedLines.survey(body)
    guard records <= PostedRecords.mostLines else {
      throw HubRefusal(.batchTooLarge, "a request holds at most \(PostedRecords.mostLines) records, not \(records)")
    }
    guard records <= 1 || http.fields["if-match"] == nil else {
      throw HubRefusal(.badRequest, "If-Match goes with one record, not with \(records)")
    }
    var (lines, part) = (PostedLines(body), 0)
    while true {
      let posted = try lines.next()
      if posted.isEmpty, part > 0 { break }
      let answer = ask(HubRequest(http, .records(posted, hash: hash, part: part)))
      guard answer.status == 200 || part > 0 else { return answer }
      try add(answer, records: posted.count)
      part += 1
    }
    return try finish()
  }

  private mutating func add(_ answer: HTTPResponse, records: Int) throws(HubRefusal) {
    let object = (try? JSON.parse(answer.body))?.object ?? [:]
    cause = cause ?? answer.cause
    if answer.status == 200 {
      for status in PostResult.Status.allCases {
        counts[status, default: 0] += object[Text(status.rawValue)]?.integer ?? 0
      }
      (head, isDryRun) = (object["head"] ?? .null, object["dry_run"] ?? .null)
      try keep(object["results"]?.array ?? [])
    } else {
      counts[.refused, default: 0] += Int64(records)
      let refused: JSON = [
        "status": .string(Text(PostResult.Status.refused.rawValue)), "code": object["code"] ?? .null,
        "detail": object["detail"] ?? .null,
      ]
      try keep([JSON](repeating: refused, count: records))
    }
  }

  private func keep(_ list: [JSON]) throws(HubRefusal) {
    var bytes: [UInt8] = []
    for result in list {
      if !bytes.isEmpty || results.count > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += result.write()
    }
    try keep(bytes)
  }

  private func keep(_ bytes: [UInt8]) throws(HubRefusal) {
    guard results.append(bytes) else {
      throw HubRefusal(
        .storageFailed,
        "records were taken, and there is no room for their results; send it again with the same Idempotency-Key")
    }
  }

  private func finish() throws(HubRefusal) -> HTTPResponse {
    var object: JSONObject = ["hub": .string(hub), "head": head, "dry_run": isDryRun]
    for status in PostResult.Status.allCases {
      object[Text(status.rawValue)] = .int(counts[status] ?? 0)
    }
    try keep(Array("]}".utf8))
    var response = HubAnswer.json(.object(object))
    response.body.removeLast()
    response.body += ",\"results\":[".utf8
    response.spool = results
    response.cause = cause
    return response
  }
}
