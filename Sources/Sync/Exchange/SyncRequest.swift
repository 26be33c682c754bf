import JSON

/// The version of the protocol that this build speaks.
public let protocolVersion: Int64 = 1

/// The body of `POST /v1/sync`: handshake, own changes, and the wish for a page of the feed.
public struct SyncRequest: Sendable {
  /// The handshake.
  public let handshake: Handshake
  /// The canonical bytes of own changes and voids, by number.
  public let changes: [[UInt8]]
  /// How many entries the reader wants at most; 0 for none.
  public let limit: Int
  /// What the replica tells about itself.
  public let report: ReplicaReport?
  /// For how many seconds the answer may be held if there is no news.
  public let wait: Int

  /// A request from its parts.
  public init(handshake: Handshake, changes: [[UInt8]], limit: Int, report: ReplicaReport?, wait: Int = 0) {
    self.handshake = handshake
    self.changes = changes
    self.limit = limit
    self.report = report
    self.wait = wait
  }

  /// The body as it travels.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("protocol")
    writer.int(protocolVersion)
    writer.key("replica")
    writer.string(handshake.replica.text)
    if let cursor = handshake.cursor { writer.member("cursor", cursor.text) }
    if let furthest = handshake.furthest { writer.member("furthest", furthest.text) }
    writer.key("own")
    writer.int(handshake.ownLast)
    writer.key("acknowledged")
    writer.raw(handshake.acknowledged.json.canonical())
    if let report {
      writer.key("report")
      writer.raw(report.json.canonical())
    }
    writer.key("limit")
    writer.int(Int64(limit))
    if wait > 0 {
      writer.key("wait")
      writer.int(Int64(wait))
    }
    writer.key("changes")
    writer.beginArray()
    for change in changes { writer.raw(change) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  mutating func member(_ key: StaticString, _ value: Text) {
    self.key(key)
    string(value)
  }
}
