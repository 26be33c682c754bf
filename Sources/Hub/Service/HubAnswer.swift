import HTTP
import JSON
import Sync

/// Makes the hub's answers: JSON for what went well, problem+json (RFC 9457) for what did not.
enum HubAnswer {
  static func json(_ value: JSON, status: Int = 200) -> HTTPResponse { json(value.write(), status: status) }

  static func json(_ bytes: [UInt8], status: Int = 200) -> HTTPResponse {
    // A cache between hub and replica must never repeat an old answer.
    HTTPResponse(
      status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")], body: bytes)
  }

  /// An answer with its tag; 304 if the sender knows it already (RFC 9110 §13.1.2).
  static func tagged(_ tag: String, for http: HTTPRequest, _ bytes: () throws -> [UInt8]) rethrows -> HTTPResponse {
    if let known = EntityTags(http.fields, "if-none-match"), known.isAny || known.matchesWeakly(tag) {
      return HTTPResponse(status: 304, fields: [("ETag", tag), ("Cache-Control", "no-store")])
    }
    var response = json(try bytes())
    response.fields.append(("ETag", tag))
    return response
  }

  static func problem(_ refusal: HubRefusal, hub: Text) -> HTTPResponse {
    var object: JSONObject = [
      "type": "about:blank", "title": .string(Text(refusal.code.title)), "status": .int(Int64(refusal.code.status)),
      "code": .string(Text(refusal.code.rawValue)), "detail": .string(Text(refusal.detail)),
      "advice": .string(Text(refusal.code.advice)), "protocol": .int(protocolVersion), "hub": .string(hub),
    ]
    if let own = refusal.own { object["own"] = own.json }
    if let expected = refusal.expected { object["expected"] = .int(expected) }
    var fields = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")]
    switch refusal.code {
    case .unauthorized, .revoked: fields.append(("WWW-Authenticate", "Bearer"))
    case .busy, .storageFailed: fields.append(("Retry-After", "5"))
    default: break
    }
    if let accept = refusal.accept { fields.append(("Accept", accept)) }
    if let seconds = refusal.retryAfterSeconds { fields.append(("Retry-After", "\(seconds)")) }
    var response = HTTPResponse(status: refusal.code.status, fields: fields, body: JSON.object(object).write())
    response.cause = refusal.cause
    return response
  }
}
