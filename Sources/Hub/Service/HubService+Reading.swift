import Crypto
import HTTP
import JSON
import Records
import SQLite
import Store
import Sync

extension HubService {
  /// The routes without a body.
  func read(_ request: HubRequest, as identity: Identity?) throws -> HTTPResponse? {
    switch request.route {
    case .health: return HubAnswer.json(["status": "ok", "hub": .string(hub)])
    case .readChanges: return try changes(request.http, as: identity, mayWait: request.wait > 0)
    case .records: return try recordList(request.http)
    case .record: return try record(request.parameters["id"] ?? "", request.http)
    case .history: return try history(request.parameters["id"] ?? "", request.http)
    case .change: return try change(request.parameters)
    case .conflicts: return try conflicts(request.http)
    case .digest: return try digest(request.http)
    case .replicas: return HubAnswer.json(["replicas": try replicas()])
    case .members: return try members()
    case .status: return try status()
    case .tokens: return try tokens()
    case .metrics: return try metrics()
    case .backup: return try backup(request)
    case .revokeToken: return try revokeToken(request.parameters["id"] ?? "")
    case .revoke: return try revoke(request.parameters["id"] ?? "")
    default: throw HubRefusal(.notFound, "there is no such address")
    }
  }

  private func record(_ text: String, _ http: HTTPRequest) throws -> HTTPResponse {
    guard let id = RecordID(Text(text)) else { throw HubRefusal(.badRequest, "the id is not a UUID in lower case") }
    guard let record = try log.record(id), !record.state.isEmpty else {
      throw HubRefusal(.notFound, "there is no record \(id)")
    }
    return HubAnswer.tagged(RecordPosting.tag(record.state), for: http) {
      JSON.object(Self.document(record.state, seq: record.seq)).write()
    }
  }

  /// A record as readers get it.
  static func document(_ state: RecordState, seq: Int64) -> JSONObject {
    var document = RecordDocument.json(state)
    document["seq"] = .int(seq)
    let conflicts = state.conflicts()
    if !conflicts.isEmpty { document["conflicts"] = .array(conflicts.map { $0.json }) }
    return document
  }

  /// `GET /v1/digest`, with `?buckets` its 256 parts by the last byte of the id, with `?bucket=ab` the records of one.
  private func digest(_ http: HTTPRequest) throws -> HTTPResponse {
    var object: JSONObject = [
      "protocol": .int(protocolVersion), "hub": .string(hub), "head": .string(log.head.text),
      "digest": .string(Text(log.digest.hex)),
    ]
    if try flag("buckets", in: http) {
      object["buckets"] = .array(try log.buckets().sums.map { .string(Text($0.hex)) })
    } else if let bucket = http.query("bucket") {
      guard let byte = Hex.decode(Array(bucket.utf8)), byte.count == 1 else {
        throw HubRefusal(.badRequest, "'bucket' is not two hexadecimal digits")
      }
      object["records"] = .array(
        try log.bucket(byte[0]).map { id, hash in
          ["id": .string(id.text), "hash": .string(Text(hash.hex))]
        })
    }
    return HubAnswer.json(.object(object))
  }
}
