import Crypto
import JSON
import SQLite
import Store
public import Sync

extension LocalReplica {
  /// Begins anew with a hub whose history is not the one this replica knows.
  ///
  /// All seqs are forgotten, every own change after the last that the hub holds is offered again, and the states are
  /// taken from the start. Pending work stays.
  ///
  /// - Parameter held: the last own change that the hub holds.
  /// - Returns: `false` if that change is not this replica's: it is forked.
  func beginHistoryChange(held: OwnPoint) throws -> Bool {
    try store.transaction {
      let own = try settings.replica
      guard try isOwnHistory(held, of: own) else { return false }
      try store.connection.run("UPDATE log SET seq = NULL")
      var reopened: [Int64] = []
      if let number = try store.replicas.find(own) {
        reopened = try acceptedOutside(number, after: held.n)
        try store.connection.run(
          """
          UPDATE log SET time = 0, fate = CASE WHEN body IS NULL OR fate IN (2, 3, 7) THEN 7 ELSE 0 END
          WHERE replica = ?1 AND n > ?2
          """, .integer(number), .integer(held.n))
      }
      // What is shown has the hub's times of changes that it accepted in the history that has gone.
      for record in reopened { try rebuild(record) }
      try settings.setAcknowledged(held)
      try settings.setHeldThrough(0)
      try beginRebase()
      return true
    }
  }

  /// The records with own changes beside the base that the hub accepted under this id after a number.
  private func acceptedOutside(_ replica: Int64, after n: Int64) throws -> [Int64] {
    var records: [Int64] = []
    try store.connection.rows(
      "SELECT DISTINCT record FROM log WHERE flags >= 2 AND fate = 1 AND replica = ?1 AND n > ?2",
      .integer(replica), .integer(n)
    ) { records.append($0.integer(0)) }
    return records
  }

  private func rebuild(_ number: Int64) throws {
    guard var record = try store.records.find(num: number) else { return }
    try rebuild(&record)
  }

  /// Forgets how far it has read, which the hub does not take for a place in its log: it begins anew by states.
  ///
  /// - Returns: `false` if there was nothing to forget.
  func forgetCursor() throws -> Bool {
    try store.transaction {
      guard try settings.cursor != nil || settings.furthest != nil else { return false }
      try settings.setCursor(nil)
      try settings.setFurthest(nil)
      return true
    }
  }

  /// Remembers the identity that this replica wants to take, before the hub is told of it.
  func prepareIdentity(_ next: NextIdentity?) throws {
    try store.transaction { try settings.setNext(next) }
  }

  /// Takes the identity that the hub has agreed to.
  func adopt(_ next: NextIdentity) throws {
    try store.transaction {
      let former = try settings.replica
      if former != next.replica {
        try setFormerIDs(try formerIDs() + [former])
        try settings.setReplica(next.replica)
        try settings.setAcknowledged(.none)
        // In the history that is read from here on they may be other changes' places.
        try store.connection.run("UPDATE log SET seq = NULL")
        try settings.setHeldThrough(0)
        try beginRebase()
      } else if try !formerIDs().isEmpty {
        // The hub may be an older one than the one that was asked about the former ids.
        try settings.setHeldThrough(0)
      }
      try settings.setToken(next.token)
      try settings.setNext(nil)
      try settings.setJoining(nil)
    }
  }

  /// The ids that this replica had before, oldest first.
  public func formerIDs() throws -> [ReplicaID] {
    guard let text = try store.settings.text("former") else { return [] }
    return text.bytes.split(separator: UInt8(ascii: " ")).compactMap { Text(validating: $0).flatMap { ReplicaID($0) } }
  }

  private func setFormerIDs(_ ids: [ReplicaID]) throws {
    try store.settings.set("former", text: Text(ids.map(\.description).joined(separator: " ")))
  }

  /// Own changes that the hub is still to be asked about, at most so many: all under former ids, and those under the
  /// present one that it says it holds.
  ///
  /// In another history it may hold them with another fate: as voids, if a newer copy of this file had erased their
  /// record before it offered them again.
  func unasked(limit: Int) throws -> [LogRow] {
    guard let through = try settings.heldThrough else { return [] }
    let formers = Set(try formerIDs().compactMap { try store.replicas.find($0) })
    let own = try store.replicas.find(try settings.replica)
    let held = try settings.acknowledged.n
    var rows: [LogRow] = []
    let statement = try store.connection.prepare(
      """
      SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags FROM log WHERE pos > ?1 ORDER BY pos
      """)
    defer { statement.reset() }
    statement.bind(1, through)
    while rows.count < limit, try statement.step() {
      let row = try LogTable.read(statement.row)
      if formers.contains(row.replica) || (row.replica == own && row.n <= held) { rows.append(row) }
    }
    return rows
  }

  /// Takes the hub's word on own changes, or says `false`, and takes nothing, if this file is a copy of another.
  ///
  /// What the hub holds gets its fate there; all others under former ids but refused ones are written again under the
  /// present id. The file is a copy where the hub lacks a change under the present id: it has said that it holds as many,
  /// so another stands under that dot. That the last one is the same proves nothing, for two copies write the same change
  /// again alike.
  ///
  /// - Parameters:
  ///   - fates: one for each row; `nil` where the hub does not hold it.
  ///   - rows: the rows that were asked about.
  ///   - head: where the hub's log ended then; a hub that is restored later is told by it.
  func takeHeld(_ fates: [Fate?], of rows: [LogRow], head: Cursor) throws -> Bool {
    try store.transaction {
      let own = try store.replicas.find(try settings.replica)
      if zip(rows, fates).contains(where: { $0.replica == own && $1 == nil }) { return false }
      if try (settings.furthest?.seq ?? -1) <= head.seq { try settings.setFurthest(head) }
      for (row, fate) in zip(rows, fates) {
        if let fate { try takeHeld(fate, row) } else { try rewrite(row) }
      }
      try settings.setHeldThrough(rows.last?.pos)
      return true
    }
  }

  /// No own change is left to ask about.
  func finishAsking() throws { try store.transaction { try settings.setHeldThrough(nil) } }

  /// Keeps a refused change for its writer to see; one whose bytes are gone was given up, or erased.
  func remember(_ rejection: Rejection, of row: LogRow) throws {
    if try store.log.body(row.pos) != nil { try store.log.setVerdict(row.pos, rejection) }
  }

  /// Why a change is refused that the hub knows as a void: this file is older than the reason.
  static let refusedBefore = Rejection(
    .badChange,
    "the hub was told to keep only its number: a newer copy of this file knew it as refused, or its record as erased")

  private func takeHeld(_ fate: Fate, _ row: LogRow) throws {
    var row = row
    switch fate {
    case .applied(let seq, let time), .erased(let seq, let time):
      if row.fate != .erased { row.fate = .applied }
      row.seq = seq
      row.time = time
      try store.log.forgetVerdict(row.pos)
    case .rejected(let rejection):
      try remember(rejection, of: row)
      row.fate = .rejected
      row.isOutside = false
    case .void:
      if row.fate == .pending || row.fate == .applied { try remember(Self.refusedBefore, of: row) }
      row.fate = .void
      row.isOutside = false
    }
    try store.log.update(row)
    if case .erased = fate { try store.log.forgetBody(row.pos) }
    try rebuild(row.record)
  }

  private func rewrite(_ row: LogRow) throws {
    guard row.fate == .pending || row.fate == .applied, let body = try store.log.body(row.pos) else {
      // Refused or erased, and no hub ever held it: there is nothing left to offer.
      guard row.fate == .pendingVoid else { return }
      var row = row
      row.fate = try store.log.verdict(row.pos) == nil ? .void : .rejected
      return try store.log.update(row)
    }
    let own = try settings.replica
    let number = try store.replicas.number(own)
    let change = try Change(bytes: body)
    // Written again before, and come back since from another copy under its first dot: once is enough.
    let first = try store.replicas.number(change.name.replica)
    if let pos = try store.log.rewrittenPosition(of: change.name, replica: first), pos != row.pos { return }
    let rewritten = try change.rewritten(as: own, n: try store.log.lastNumber(of: number) + 1)
    try store.log.rewrite(row, as: rewritten, replica: number)
    try store.log.setName(change.name, replica: first, pos: row.pos)
    // It is not accepted any more, so its time is the writer's again.
    if row.isOutside, row.fate == .applied { try rebuild(row.record) }
  }
}
