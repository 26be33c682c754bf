package import JSON

/// A `POST /v1/sync` as the hub reads it: checked, its changes decoded and hashed.
public struct ReceivedSync: Sendable {
  /// The handshake.
  public let handshake: Handshake
  /// What is offered, in the order sent.
  public let submissions: [Submission]
  /// How many entries the reader wants at most.
  public let limit: Int
  /// What the replica tells about itself.
  public let report: ReplicaReport?
  /// For how many seconds the answer may be held if there is no news.
  public let wait: Int

  /// Reads a body.
  ///
  /// - Throws: a ``Rejection`` of the whole request; nothing was decided yet.
  public init(body: [UInt8]) throws(Rejection) {
    var head = JSONObject()
    var submissions: [Submission] = []
    do {
      var scanner = try JSONScanner(body)
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        if key == "changes" {
          submissions = try Batch.read(&scanner, source: body)
        } else {
          head[key] = try scanner.value()
        }
      }
      try scanner.finish()
    } catch let error as Rejection {
      throw error
    } catch {
      throw Rejection.unreadable(body, error)
    }
    try self.init(head: head, submissions: submissions)
  }

  /// The members that a request may have.
  package static let members: Set<Text> = [
    "protocol", "replica", "cursor", "furthest", "own", "acknowledged", "report", "limit", "wait", "changes",
  ]

  private init(head: JSONObject, submissions: [Submission]) throws(Rejection) {
    guard head["protocol"] == .int(protocolVersion) else {
      throw Rejection(.unsupportedProtocol, "this hub speaks version \(protocolVersion) of the protocol")
    }
    try Rejection.checkMembers(head, Self.members)
    guard let replica = head["replica"]?.text.flatMap({ ReplicaID($0) }) else {
      throw Rejection(.badRequest, "'replica' is not the id of a replica")
    }
    guard let own = head["own"]?.integer, (0...Limits.largestInteger).contains(own),
      let acknowledged = OwnPoint(head["acknowledged"])
    else { throw Rejection(.badRequest, "'own' or 'acknowledged' is missing or not a number and a hash") }
    handshake = Handshake(
      replica: replica, cursor: try Self.cursor(head["cursor"]), furthest: try Self.cursor(head["furthest"]),
      ownLast: own, acknowledged: acknowledged)
    self.submissions = submissions
    limit = try Self.number("limit", head, default: 500, upTo: Limits.pageEntries)
    wait = try Self.number("wait", head, default: 0, upTo: Limits.waitSeconds)
    report = head["report"].flatMap { ReplicaReport($0) }
  }

  private static func number(
    _ key: Text, _ head: JSONObject, default value: Int, upTo limit: Int
  ) throws(Rejection) -> Int {
    guard let json = head[key] else { return value }
    guard let number = json.integer, (0...Int64(limit)).contains(number) else {
      throw Rejection(.badRequest, "'\(key)' is not a number from 0 to \(limit)")
    }
    return Int(number)
  }

  private static func cursor(_ json: JSON?) throws(Rejection) -> Cursor? {
    guard let json else { return nil }
    guard let cursor = json.text.flatMap({ Cursor($0) }) else {
      throw Rejection(.badCursor, "a cursor is not one that a hub has given out")
    }
    return cursor
  }
}

/// The list of changes in a request.
public enum Batch {
  /// Reads the body of `POST /v1/changes`: `{"changes":[…]}`.
  public static func read(body: [UInt8]) throws(Rejection) -> [Submission] {
    do {
      var submissions: [Submission]?
      var unknown: Text?
      var scanner = try JSONScanner(body)
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        if key == "changes" {
          submissions = try read(&scanner, source: body)
        } else {
          _ = try scanner.skip()
          unknown = unknown ?? key
        }
      }
      try scanner.finish()
      // Only now: a body that is no JSON is told that first.
      if let unknown { throw Rejection.unknownMember(unknown) }
      guard let submissions else { throw Rejection(.badRequest, "the body has no list 'changes'") }
      return submissions
    } catch let error as Rejection {
      throw error
    } catch {
      throw Rejection.unreadable(body, error)
    }
  }

  static func read(_ scanner: inout JSONScanner, source: [UInt8]) throws -> [Submission] {
    var submissions: [Submission] = []
    var reader = ChangeReader()
    try scanner.beginArray()
    while try scanner.nextElement() {
      guard submissions.count < Limits.batchChanges else {
        throw Rejection(.batchTooLarge, "a batch holds at most \(Limits.batchChanges) changes")
      }
      let (place, canonical) = try scanner.checkedValue()
      if let canonical, let change = reader.change(canonical, bytes: source[place]) {
        submissions.append(.change(change))
        continue
      }
      do {
        submissions.append(try Submission(bytes: source[place]))
      } catch {
        throw Rejection(.badChange, "changes[\(submissions.count)]: \(error)")
      }
    }
    return submissions
  }
}

extension Rejection {
  /// Refuses what has other members than these: nobody shall believe that what is passed over had an effect.
  package static func checkMembers(_ object: JSONObject, _ names: Set<Text>) throws(Rejection) {
    for member in object where !names.contains(member.key) { throw unknownMember(member.key) }
  }

  static func unknownMember(_ key: Text) -> Rejection {
    Rejection(.badRequest, "'\(key.string.prefix(64))' is not a member of this request")
  }

  /// Why a body was not read: it is no JSON, or it is JSON of another shape.
  static func unreadable(_ body: [UInt8], _ error: any Error) -> Rejection {
    guard (try? JSON.parse(body)) != nil else { return Rejection(.badJSON, "the body is not valid JSON: \(error)") }
    return Rejection(.badRequest, "the body is not an object whose 'changes' is a list: \(error)")
  }
}
