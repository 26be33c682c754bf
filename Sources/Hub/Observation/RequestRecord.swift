import HTTP
import JSON
import Sync

/// What is told of one answered request: enough to find out what went wrong, and nothing about people.
///
/// The route stands for the path, which could name records; of a token only whose it is; no address, no query, no body.
struct RequestRecord {
  /// The id that the answer carries too, as `X-Request-Id` and, where it is an error, as `request`.
  var id: String
  /// The route; `nil` where the request did not get that far.
  var route: HubRoute?
  /// Whose token came with it, where it is a good one.
  var identity: Identity?
  /// When the answer was there, in Unix milliseconds.
  var time: Int64
  /// How long that took since the request was whole, waiting for news included.
  var milliseconds: Int64
  /// The bytes of the request's body.
  var received: Int
  /// The status.
  var status: Int
  /// The stable code of an error.
  var code: Text?
  /// The bytes of the answer's body.
  var sent: Int
  /// Why the hub failed, where it did: for its administrator alone.
  var cause: String?

  /// One line of JSON, with its line end.
  var line: [UInt8] {
    var object: JSONObject = ["time": .int(time), "id": .string(Text(id))]
    object["route"] = route.map { .string(Text($0.rawValue)) }
    object["who"] = identity.map { .string($0.label) }
    object["status"] = .int(Int64(status))
    object["code"] = code.map { .string($0) }
    object["ms"] = .int(milliseconds)
    object["in"] = .int(Int64(received))
    object["out"] = .int(Int64(sent))
    object["cause"] = cause.map { .string(Text($0)) }
    return JSON.object(object).write() + [0x0A]
  }
}

extension Identity {
  /// Whose token it is, in one word.
  fileprivate var label: Text {
    switch self {
    case .replica(let id), .integrator(let id): id.text
    case .reader: "reader"
    case .admin: "admin"
    }
  }
}
