public import JSON

/// The answer to `POST /v1/sync`.
public struct SyncAnswer: Sendable {
  /// The hub that answers; pinned by the client.
  public let hub: Text
  /// The hub's clock, in milliseconds.
  public let time: Int64
  /// The last change of the asking replica that the hub holds.
  public let own: OwnPoint
  /// The head of the hub's log.
  public let head: Cursor
  /// One result per change that was sent, in order.
  public let results: [FateReport]
  /// The page of the feed.
  public let entries: [FeedEntry]
  /// Where to read on.
  public let cursor: Cursor
  /// Whether there is more to read now.
  public let hasMore: Bool

  /// Reads a body; nothing of an answer that throws may be used.
  public init(body: [UInt8]) throws(MessageError) {
    var head = JSONObject()
    var entries: [FeedEntry] = []
    do {
      var scanner = try JSONScanner(body, limits: JSONLimits(bytes: 64 * 1024 * 1024))
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        if key == "entries" {
          try scanner.beginArray()
          var changes = ChangeReader()
          while try scanner.nextElement() {
            entries.append(try FeedEntry(&scanner, source: body, changes: &changes))
          }
        } else {
          head[key] = try scanner.value()
        }
      }
      try scanner.finish()
    } catch let error as MessageError {
      throw error
    } catch {
      throw MessageError("the answer is not valid JSON: \(error)")
    }
    try self.init(head: head, entries: entries)
  }

  private init(head object: JSONObject, entries: [FeedEntry]) throws(MessageError) {
    guard object["protocol"] == .int(protocolVersion) else {
      throw MessageError("the answer is of another protocol version")
    }
    guard let hub = object["hub"]?.text, Cursor.isHubID(hub), let time = object["time"]?.integer,
      let own = OwnPoint(object["own"]), let head = object["head"]?.text.flatMap({ Cursor($0) }), head.hub == hub,
      let cursor = object["cursor"]?.text.flatMap({ Cursor($0) }), cursor.hub == hub,
      let more = object["more"]?.boolean, let list = object["results"]?.array
    else { throw MessageError("the answer lacks something that every answer has") }
    let results = list.compactMap { FateReport($0) }
    guard results.count == list.count else { throw MessageError("a result in the answer cannot be read") }
    self.hub = hub
    self.time = time
    self.own = own
    self.head = head
    self.results = results
    self.entries = entries
    self.cursor = cursor
    hasMore = more
  }

  /// The body of an answer, from entries that are already bytes.
  public static func bytes(
    hub: Text, time: Int64, own: OwnPoint, head: Cursor, results: [FateReport], page: FeedWriter, cursor: Cursor,
    hasMore: Bool
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.bytes.reserveCapacity(page.bytes.count + results.count * 64 + 512)
    writer.beginObject()
    writer.key("protocol")
    writer.int(protocolVersion)
    writer.member("hub", hub)
    writer.key("time")
    writer.int(time)
    writer.key("own")
    writer.raw(own.json.canonical())
    writer.member("head", head.text)
    writer.key("results")
    writer.beginArray()
    for result in results { result.write(to: &writer) }
    writer.endArray()
    writer.key("cursor")
    writer.string(cursor.text)
    writer.key("more")
    writer.bool(hasMore)
    writer.key("entries")
    writer.beginArray()
    if page.count > 0 { writer.raw(page.bytes) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
