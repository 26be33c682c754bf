import Crypto
import HTTP
import JSON
import Sync

/// A request that was read as far as that is possible without the store, on whatever thread it came in.
public struct HubRequest: Sendable {
  enum Body: Sendable {
    case none
    case sync(ReceivedSync, [Offer])
    case batch([Offer])
    case json(JSONObject)
  }

  let route: HubRoute
  let parameters: [String: String]
  let http: HTTPRequest
  /// SHA-256 of the bearer token, if one came.
  let token: Digest?
  let body: Body
}

extension HubRequest {
  /// Reads a request; throws what refuses it before the store is asked.
  init(route: HubRoute, parameters: [String: String], http: HTTPRequest) throws(HubRefusal) {
    self.route = route
    self.parameters = parameters
    token = Self.token(of: http)
    var http = http
    body = try Self.body(of: http, route: route)
    http.body = []
    self.http = http
  }

  /// SHA-256 of the bearer token (RFC 6750 §2.1; the scheme's name is case-insensitive, RFC 9110 §11.1).
  static func token(of http: HTTPRequest) -> Digest? {
    guard let value = http.fields["authorization"] else { return nil }
    let bytes = Array(value.utf8)
    guard bytes.count > 7, bytes.count <= 263, bytes[6] == UInt8(ascii: " ") else { return nil }
    guard bytes[..<6].map({ $0 | 0x20 }) == Array("bearer".utf8) else { return nil }
    return SHA256.hash(bytes[7...])
  }

  private static func body(of http: HTTPRequest, route: HubRoute) throws(HubRefusal) -> Body {
    guard route.takesBody else { return .none }
    guard http.hasContentType("application/json") else {
      throw HubRefusal(.wrongMediaType, "the body must be sent as application/json")
    }
    do throws(Rejection) {
      switch route {
      case .sync:
        let sync = try ReceivedSync(body: http.body)
        return .sync(sync, sync.submissions.map(Offer.init))
      case .pushChanges: return .batch(try Batch.read(body: http.body).map(Offer.init))
      default: break
      }
    } catch {
      throw HubRefusal(error.code, error.detail)
    }
    do {
      guard let object = try JSON.parse(http.body).object else {
        throw HubRefusal(.badRequest, "the body is not a JSON object")
      }
      return .json(object)
    } catch let refusal as HubRefusal {
      throw refusal
    } catch {
      throw HubRefusal(.badJSON, "the body is not valid JSON: \(error)")
    }
  }
}
