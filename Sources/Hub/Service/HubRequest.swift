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
    /// Records, the hash of the body that they came in, and which part of it they are.
    case records([Result<PostedRecord, Rejection>], hash: Digest, part: Int)
  }

  let route: HubRoute
  let parameters: [String: String]
  var http: HTTPRequest
  /// For how many seconds the answer may be held until there is news; 0 once it may be held no longer.
  var wait = 0
  /// Whether it was asked before, and waited.
  var hasWaited = false
  /// SHA-256 of the bearer token, if one came.
  let token: Digest?
  let body: Body
}

extension HubRequest {
  /// How long a copy of the hub's file may take: a day.
  private static let backupSeconds = 86_400
  /// The longest body of a request that may wait for news.
  private static let waitingBytes = 64 * 1024

  /// Reads a request; throws what refuses it before the store is asked.
  init(route: HubRoute, parameters: [String: String], http: HTTPRequest) throws(HubRefusal) {
    self.route = route
    self.parameters = parameters
    token = Self.token(of: http)
    var http = http
    body = try Self.body(of: http, route: route)
    let size = http.body.count
    http.body = []
    switch body {
    // A long body would be counted against what all may hold for as long as its sender waits.
    case .sync(let sync, _): wait = size <= Self.waitingBytes ? sync.wait : 0
    case _ where route == .backup: wait = Self.backupSeconds
    case _ where route == .readChanges: wait = try Self.number("wait", in: http, default: 0, upTo: Limits.waitSeconds)
    default: break
    }
    self.http = http
  }

  /// A part of a long body of records.
  init(_ http: HTTPRequest, _ body: Body) {
    self.route = .postRecords
    self.parameters = [:]
    self.token = Self.token(of: http)
    self.body = body
    self.http = http
  }

  /// A decimal number from a query: digits only, no sign, checked for its range.
  static func number(
    _ name: String, in http: HTTPRequest, default value: Int, upTo limit: Int
  ) throws(HubRefusal) -> Int {
    guard let text = http.query(name) else { return value }
    let digits = Array(text.utf8)
    let isDecimal = (1...9).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
    let number = isDecimal ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : limit + 1
    guard number <= limit else { throw HubRefusal(.badRequest, "'\(name)' is not a number from 0 to \(limit)") }
    return number
  }

  /// SHA-256 of the bearer token (RFC 6750 §2.1; the scheme's name is case-insensitive, RFC 9110 §11.1).
  static func token(of http: HTTPRequest) -> Digest? {
    guard http.fields.count(of: "authorization") == 1, let value = http.fields["authorization"] else { return nil }
    let bytes = Array(value.utf8)
    guard bytes.count > 7, bytes.count <= 263, bytes[6] == UInt8(ascii: " ") else { return nil }
    guard bytes[..<6].map({ $0 | 0x20 }) == Array("bearer".utf8) else { return nil }
    return SHA256.hash(bytes[7...])
  }

  private static func records(_ http: HTTPRequest) throws(HubRefusal) -> Body {
    let hash = SHA256.hash(http.body)
    if http.hasContentType("application/x-ndjson") {
      return .records(try PostedRecords.read(lines: http.body), hash: hash, part: 0)
    }
    guard http.hasContentType("application/json") else {
      throw wrongMediaType(
        "records are sent as application/json or application/x-ndjson", "application/json, application/x-ndjson")
    }
    return .records(try PostedRecords.read(json: http.body), hash: hash, part: 0)
  }

  private static func wrongMediaType(_ detail: String, _ accept: String) -> HubRefusal {
    var refusal = HubRefusal(.wrongMediaType, detail)
    refusal.accept = accept
    return refusal
  }

  private static func body(of http: HTTPRequest, route: HubRoute) throws(HubRefusal) -> Body {
    guard route.takesBody else { return .none }
    if route == .postRecords { return try records(http) }
    guard http.hasContentType("application/json") else {
      throw wrongMediaType("the body must be sent as application/json", "application/json")
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
      if let names = HubRoute.bodyNames[route] { try Rejection.checkMembers(object, names) }
      return .json(object)
    } catch let refusal as HubRefusal {
      throw refusal
    } catch let rejection as Rejection {
      throw HubRefusal(rejection.code, rejection.detail)
    } catch {
      throw HubRefusal(.badJSON, "the body is not valid JSON: \(error)")
    }
  }
}
