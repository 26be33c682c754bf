/// Every stable code that the hub answers or a change is refused with; the one table of them.
public enum ProblemCode: String, CaseIterable, Sendable {
  // Refusals of one change
  case badChange = "bad-change"
  case unknownOperation = "unknown-operation"
  case reservedName = "reserved-name"
  case badNumber = "bad-number"
  case changeTooLarge = "change-too-large"
  case recordTooLarge = "record-too-large"
  case kindMismatch = "kind-mismatch"
  case invalidField = "invalid-field"
  case missingField = "missing-field"
  case badName = "bad-name"
  // Refusals of a request
  case badRequest = "bad-request"
  case badJSON = "bad-json"
  case badCursor = "bad-cursor"
  case unsupportedProtocol = "unsupported-protocol"
  case batchTooLarge = "batch-too-large"
  case gap = "gap"
  case forked = "forked"
  case historyChanged = "history-changed"
  case unauthorized = "unauthorized"
  case revoked = "revoked"
  case forbidden = "forbidden"
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case wrongMediaType = "wrong-media-type"
  case badInvite = "bad-invite"
  case replicaTaken = "replica-taken"
  case memberExists = "member-exists"
  case unknownMember = "unknown-member"
  case storageFailed = "storage-failed"
  case busy = "busy"
  case tooLarge = "too-large"
  case tooManyRequests = "too-many-requests"
  case erased = "erased"
  case preconditionFailed = "precondition-failed"
  case keyReused = "idempotency-key-reused"

  /// The HTTP status that goes with the code; refusals of one change travel inside a 200.
  public var status: Int {
    switch self {
    case .unauthorized, .revoked: 401
    case .forbidden: 403
    case .notFound, .unknownMember: 404
    case .methodNotAllowed: 405
    case .gap, .forked, .historyChanged, .replicaTaken, .memberExists: 409
    case .tooLarge, .batchTooLarge: 413
    case .wrongMediaType: 415
    case .tooManyRequests: 429
    case .erased: 410
    case .preconditionFailed: 412
    case .keyReused: 422
    case .badInvite: 403
    case .storageFailed, .busy: 503
    case .badRequest, .badJSON, .badCursor, .unsupportedProtocol: 400
    case .badChange, .unknownOperation, .reservedName, .badNumber, .changeTooLarge, .recordTooLarge, .kindMismatch,
      .invalidField, .missingField, .badName:
      422
    }
  }

  /// A short title for people (RFC 9457 §3.1.3).
  public var title: String {
    switch self {
    case .badChange: "The change is not well-formed"
    case .unknownOperation: "The change holds an operation that this hub does not know"
    case .reservedName: "The change sets a name that is the hub's to set"
    case .badNumber: "The change holds a number that is not an integer within ±(2^53 - 1)"
    case .changeTooLarge: "The change is too large"
    case .recordTooLarge: "The record would become too large"
    case .kindMismatch: "The record is of another kind"
    case .invalidField: "A field's value is not valid"
    case .missingField: "A required field is missing"
    case .badName: "The change bears a former name that is not this member's"
    case .badRequest: "The request is not well-formed"
    case .badJSON: "The body is not valid JSON"
    case .badCursor: "The cursor is not one of this hub's"
    case .unsupportedProtocol: "This protocol version is not spoken here"
    case .batchTooLarge: "The batch holds too many changes"
    case .gap: "Changes are missing before this batch"
    case .forked: "Another copy of this replica has written under its name"
    case .historyChanged: "The hub's history is not the one this replica knows"
    case .unauthorized: "A valid token is needed"
    case .revoked: "This token was revoked"
    case .forbidden: "This token does not allow that"
    case .notFound: "There is no such thing here"
    case .methodNotAllowed: "This address does not take that method"
    case .wrongMediaType: "The body must be application/json"
    case .badInvite: "The invite is not valid"
    case .replicaTaken: "A replica of this name exists already"
    case .memberExists: "A member of this name exists already"
    case .unknownMember: "There is no member of this name"
    case .storageFailed: "The hub could not store this"
    case .busy: "The hub is busy"
    case .tooLarge: "The body is too large"
    case .tooManyRequests: "Too many requests"
    case .erased: "The record was erased for good"
    case .preconditionFailed: "The record is not as the sender last saw it"
    case .keyReused: "The Idempotency-Key was used for another request"
    }
  }

  /// What the sender should do next, in one sentence.
  public var advice: String {
    switch self {
    case .badChange, .unknownOperation, .reservedName, .badNumber, .badName:
      "Mend the program that made the change; see Protocol/README.md."
    case .changeTooLarge, .recordTooLarge: "Split it, or shorten its longest texts."
    case .kindMismatch: "Write a new record of the wanted kind."
    case .invalidField, .missingField: "Mend the value and write it again."
    case .badRequest, .badJSON: "Mend the request; nothing was stored."
    case .badCursor: "Read without a cursor to begin anew; keep what is pending."
    case .unsupportedProtocol: "Update pioc or the hub so that both speak one version; pending work is kept."
    case .batchTooLarge, .tooLarge: "Send smaller batches."
    case .gap: "Send from the number named in 'expected'."
    case .forked: "Run 'pioc sync': it takes a new identity and sends what the hub lacks."
    case .historyChanged: "Run 'pioc sync': it offers its own changes again from the number named in 'own'."
    case .unauthorized: "Join with an invite ('pioc join URL'), or send 'Authorization: Bearer TOKEN'."
    case .revoked: "Ask the hub's administrator for a new invite; pending work is kept."
    case .forbidden: "Use a token of the right role."
    case .notFound: "Check the address or the id."
    case .methodNotAllowed: "Use a method named in the Allow field."
    case .wrongMediaType: "Send 'Content-Type: application/json'; records may also be 'application/x-ndjson'."
    case .badInvite: "Ask the hub's administrator for a new invite; each works once and expires."
    case .replicaTaken: "Join again: a new identity is made."
    case .memberExists: "Choose another name, or invite a replica of this member."
    case .unknownMember: "Add it first: 'pioc-hub member add NAME'."
    case .storageFailed: "Try again later; the hub's administrator should look at its disk."
    case .busy: "Try again later."
    case .erased: "Leave it out; a new record needs a new id."
    case .preconditionFailed:
      "Read the record again, apply the change to what it says now, and send it with its new ETag."
    case .keyReused: "Make a new key for each new request, and send a request again unchanged."
    case .tooManyRequests: "Wait as many seconds as the Retry-After field says; larger batches need fewer requests."
    }
  }
}
