/// What `pioc sync --json` tells.
struct SyncReport: Decodable {
  /// Something out of the ordinary; in no trial may there be any.
  struct Event: Decodable {
    let event: String
  }

  let sent: Int
  let refused: Int
  let received: Int
  let pending: Int
  let conflicts: Int
  let rejected: Int
  let events: [Event]
}
