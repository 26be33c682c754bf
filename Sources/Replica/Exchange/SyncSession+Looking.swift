import Sync

/// How a session looks at what would come before it takes it (``SyncGate``).
extension SyncSession {
  /// Takes a page that was asked for only to be looked at.
  mutating func receiveLook(_ reply: HubReply) throws {
    let answer: SyncAnswer
    do { answer = try SyncAnswer(body: reply.body) } catch { throw SyncFailure.notTheHub(error.description) }
    try checkHub(answer.hub)
    let cursor = try replica.settings.cursor
    try take(try gate?.look(at: answer, size: reply.body.count, from: cursor, replica) ?? [], from: cursor)
  }

  /// Applies the pages that the gate had held.
  mutating func take(_ answers: [SyncAnswer], from cursor: Cursor?) throws {
    var cursor = cursor
    for answer in answers {
      try take(answer, sent: [], from: cursor)
      if try replica.settings.next != nil { return }
      cursor = answer.cursor
    }
  }
}
