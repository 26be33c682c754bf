import JSON
import SQLite
import Store
import Sync

/// When each replica was heard last, and what it told about itself.
///
/// Kept in memory and written with the next transaction that writes anyway, or now and then: a sync that has nothing
/// to say costs no disk flush.
struct ReplicaContacts {
  struct Contact {
    var time: Int64
    /// How far it has read; `nil` where it has read another history than this log's.
    var cursor: Int64?
    var report: ReplicaReport?
    var trouble: String?
  }

  private(set) var unsaved: [ReplicaID: Contact] = [:]
  private var lastSaved: Int64 = 0
  private static let saveIntervalMilliseconds: Int64 = 30_000

  mutating func heard(_ replica: ReplicaID, _ contact: Contact) { unsaved[replica] = contact }

  func shouldSave(now: Int64, isWriting: Bool) -> Bool {
    !unsaved.isEmpty && (isWriting || now - lastSaved > Self.saveIntervalMilliseconds || now < lastSaved)
  }

  mutating func didSave(now: Int64) {
    unsaved = [:]
    lastSaved = now
  }

  func save(_ connection: Connection) throws {
    for (replica, contact) in unsaved {
      try connection.run(
        """
        UPDATE known_replica SET contact = ?2, cursor_seq = ?3, version = coalesce(?4, version),
          skew = coalesce(?5, skew), pending = coalesce(?6, pending), rejected = coalesce(?7, rejected),
          conflicts = coalesce(?8, conflicts), trouble = ?9 WHERE id = ?1
        """, .text(replica.description), .integer(contact.time), SQLValue(contact.cursor),
        SQLValue(contact.report?.version), SQLValue(contact.report.map { $0.clock - contact.time }),
        SQLValue(contact.report?.pending), SQLValue(contact.report?.rejected), SQLValue(contact.report?.conflicts),
        SQLValue(contact.trouble))
    }
  }
}
