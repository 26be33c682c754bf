import HTTP
import JSON

/// A request with plain records, which is sent again as it is until its end was heard of.
struct Posting {
  /// How the records are written down.
  enum Form {
    case list, lines
  }

  /// Its number in the world.
  let run: Int64
  let documents: [JSON]
  let form: Form
  let key: Text?
  var isDry: Bool
  /// What its If-Match says, and at which seq that was told; none if that was in another history.
  let condition: (tag: Text, seq: Int64?)?
  /// Whether the hub has done it before, and the answer never arrived.
  var wasAnswered = false
  /// Whether the hub died over it.
  var wasKilled = false
  /// How often the hub had been put back when it was answered first.
  var restorations: Int?

  /// The request as it travels.
  func bytes(_ token: Text) -> [UInt8] {
    var body: [UInt8] = []
    switch form {
    case .list: body = JSON.array(documents).write()
    case .lines: for document in documents { body += document.write() + [0x0A] }
    }
    var fields = [
      ("Host", "hub"), ("Authorization", "Bearer \(token)"),
      ("Content-Type", form == .list ? "application/json" : "application/x-ndjson"),
    ]
    if let key { fields.append(("Idempotency-Key", key.string)) }
    if let condition { fields.append(("If-Match", condition.tag.string)) }
    let target = isDry ? "/v1/records?dry_run=true" : "/v1/records"
    return (try? MessageWriter.request(method: "POST", target: target, fields: fields, body: body)) ?? []
  }
}
