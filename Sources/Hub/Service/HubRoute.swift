import HTTP

/// Every address of the hub, and who may use it; the one table that the router, the tests and the documents read.
public enum HubRoute: String, CaseIterable, Sendable {
  case health = "GET /healthz"
  case openAPI = "GET /v1/openapi.json"
  case join = "POST /v1/join"
  case sync = "POST /v1/sync"
  case pushChanges = "POST /v1/changes"
  case readChanges = "GET /v1/changes"
  case identity = "POST /v1/identity"
  case held = "POST /v1/held"
  case states = "POST /v1/states"
  case postRecords = "POST /v1/records"
  case records = "GET /v1/records"
  case record = "GET /v1/records/{id}"
  case history = "GET /v1/records/{id}/history"
  case change = "GET /v1/changes/{replica}/{n}"
  case conflicts = "GET /v1/conflicts"
  case replicas = "GET /v1/replicas"
  case revoke = "POST /v1/replicas/{id}/revoke"
  case digest = "GET /v1/digest"
  case members = "GET /v1/members"
  case addMember = "POST /v1/members"
  case invite = "POST /v1/invites"
  case tokens = "GET /v1/tokens"
  case addToken = "POST /v1/tokens"
  case revokeToken = "POST /v1/tokens/{id}/revoke"
  case status = "GET /v1/status"
  case compact = "POST /v1/compact"
  case backup = "POST /v1/backup"
  case metrics = "GET /metrics"

  /// Whose tokens open this route; `nil` if it needs none.
  public var roles: Set<Role>? {
    switch self {
    case .health, .openAPI, .join: nil
    case .sync, .pushChanges, .identity, .held, .states: [.replica]
    case .postRecords: [.integrator]
    case .readChanges, .records, .record, .history, .change, .conflicts, .replicas, .digest:
      [.replica, .integrator, .reader, .admin]
    case .metrics: [.reader, .admin]
    case .revoke, .members, .addMember, .invite, .status, .tokens, .addToken, .revokeToken, .backup, .compact: [.admin]
    }
  }

  /// The method.
  public var method: String { rawValue.hasPrefix("POST") ? "POST" : "GET" }

  /// The path, `{id}` standing for one segment.
  public var path: String { String(rawValue.dropFirst(method.count + 1)) }

  /// The most bytes of a body: little where anybody may send one, or where little is said.
  public var bodyLimit: Int {
    switch self {
    case .sync, .pushChanges, .postRecords, .held, .states: 8 * 1024 * 1024
    default: 16 * 1024
    }
  }

  /// Whether the route reads a JSON body.
  public var takesBody: Bool { method == "POST" && ![.revoke, .revokeToken, .backup].contains(self) }
}
