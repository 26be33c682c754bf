/// A page of `GET /v1/changes`.
struct LogPage: Decodable {
  /// An entry of the hub's log.
  struct Entry: Decodable {
    let seq: Int
    let change: LogChange?
  }

  let hub: String
  let cursor: String
  let more: Bool
  let entries: [Entry]
}
