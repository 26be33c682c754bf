import JSON
import Sync

/// A problem+json answer of the hub, as far as a client needs it.
struct HubProblem {
  let code: ProblemCode?
  let hub: Text?
  let own: OwnPoint?
  /// The number that the hub expects next, where a batch left some out.
  let expected: Int64?
  let detail: String
  let advice: String

  /// Reads a reply; `nil` if it is not a problem of a hub.
  init?(_ reply: HubReply) {
    guard reply.mediaType == "application/problem+json", let json = try? JSON.parse(reply.body),
      let code = json["code"]?.text
    else { return nil }
    self.code = ProblemCode(rawValue: code.string)
    hub = json["hub"]?.text
    own = OwnPoint(json["own"])
    expected = json["expected"]?.integer
    detail = json["detail"]?.text?.string ?? self.code?.title ?? "The hub refused the request"
    advice = json["advice"]?.text?.string ?? "Look at the hub's log."
  }

  func failure(retryAfterSeconds: Int?) -> SyncFailure {
    SyncFailure(
      .refused(code), "The hub says: \(detail).", advice: advice, retryAfterSeconds: retryAfterSeconds)
  }
}
