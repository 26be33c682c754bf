public import HTTP
public import JSON
import Sync

/// Reads requests on whatever thread they come in: which route, who asks, what the body says.
public struct HubRouter: Sendable {
  private let router: Router<HubRoute>
  private let hub: Text

  /// The router of a hub.
  public init(hub: Text) {
    self.hub = hub
    router = Router(HubRoute.allCases.map { Route($0.method, $0.path, $0) })
  }

  /// What comes of reading a request.
  public enum Reading: Sendable {
    /// It goes to the store.
    case request(HubRequest)
    /// It is answered already.
    case answer(HTTPResponse)
  }

  /// Reads a whole request.
  public func read(_ http: HTTPRequest) -> Reading {
    do throws(HubRefusal) {
      let (route, parameters) = try match(http)
      try checkQuery(http, route)
      if route == .openAPI { return .answer(HubAnswer.tagged(Contract.tag, for: http) { Contract.bytes }) }
      return .request(try HubRequest(route: route, parameters: parameters, http: http))
    } catch {
      return .answer(answer(error, http))
    }
  }

  /// Looks at a head before its body is read: an address, method or token that cannot be is answered at once.
  ///
  /// - Parameters:
  ///   - http: the head of a request.
  ///   - tokens: the tokens as they were a moment ago; the service looks again.
  public func precheck(_ http: HTTPRequest, tokens: TokenSnapshot) -> HTTPResponse? {
    do throws(HubRefusal) {
      let (route, _) = try match(http)
      if route.takesBody, !http.declaresBody { return .lengthRequired }
      if route.roles == nil { return nil }
      guard let token = HubRequest.token(of: http) else {
        throw HubRefusal(.unauthorized, "no bearer token was sent")
      }
      if tokens.revoked.contains(token) { throw HubRefusal(.revoked, "this token was revoked") }
      guard tokens.valid.contains(token) else { throw HubRefusal(.unauthorized, "this token is not known here") }
      try checkRole(tokens.identities[token]?.role, route)
      return nil
    } catch {
      return answer(error, http)
    }
  }

  /// A parameter that is misspelt must not be taken for one that was left out: a dry run would be none.
  private func checkQuery(_ http: HTTPRequest, _ route: HubRoute) throws(HubRefusal) {
    // Whoever watches over a hub may put something there to get past caches.
    if http.query.isEmpty || route == .health { return }
    let known = HubRoute.queryNames[route] ?? []
    for parameter in http.query where !known.contains(parameter.name) {
      let list = known.isEmpty ? "it takes none" : "it takes \(known.sorted().joined(separator: ", "))"
      throw HubRefusal(.badRequest, "\(route.path) has no parameter '\(parameter.name.prefix(64))'; \(list)")
    }
    guard Set(http.query.map(\.name)).count == http.query.count else {
      throw HubRefusal(.badRequest, "a parameter is there twice")
    }
  }

  private func checkRole(_ role: Role?, _ route: HubRoute) throws(HubRefusal) {
    guard let role, let roles = route.roles, !roles.contains(role) else { return }
    throw HubRefusal(.forbidden, "a token of a\(role.article) is not for \(route.rawValue)")
  }

  /// The answer to a request for which there is no room now.
  var busy: HTTPResponse {
    HubAnswer.problem(HubRefusal(.busy, "too many requests wait for the hub's disk"), hub: hub)
  }

  func tooMany(_ seconds: Int, _ detail: String) -> HTTPResponse {
    var refusal = HubRefusal(.tooManyRequests, detail)
    refusal.retryAfterSeconds = seconds
    return HubAnswer.problem(refusal, hub: hub)
  }

  /// The route of a request; `nil` if there is none.
  func route(of http: HTTPRequest) -> HubRoute? {
    guard case .found(let route, _) = router.match(method: http.method, path: http.path) else { return nil }
    return route
  }

  private func match(_ http: HTTPRequest) throws(HubRefusal) -> (HubRoute, [String: String]) {
    switch router.match(method: http.method, path: http.path) {
    case .found(let route, let parameters):
      // Programs before and behind one another may each believe another one of two (RFC 9110 §5.3).
      guard route.roles == nil || http.fields.count(of: "authorization") < 2 else {
        throw HubRefusal(.badRequest, "the request has more than one Authorization field")
      }
      return (route, parameters)
    case .methodNotAllowed: throw HubRefusal(.methodNotAllowed, "\(http.path) does not take \(http.method)")
    case .notFound: throw HubRefusal(.notFound, "there is no such address")
    }
  }

  private func answer(_ refusal: HubRefusal, _ http: HTTPRequest) -> HTTPResponse {
    var response = HubAnswer.problem(refusal, hub: hub)
    if refusal.code == .methodNotAllowed,
      case .methodNotAllowed(let allow) = router.match(method: http.method, path: http.path)
    {
      response.fields.append(("Allow", allow.joined(separator: ", ")))
    }
    return response
  }
}
