import JSON
import SQLite
import Store
import Sync

/// When each replica was heard last, and what it told about itself.
///
/// Kept in memory and written with the next transaction that writes anyway, or now and then: a sync that has nothing
/// to say costs no disk flush.
struct ReplicaContacts {
  /// How far a replica has read, as far as one request showed.
  enum Reading: Equatable {
    /// The request said nothing of it, or nothing that was checked.
    case untold
    /// It has read another history than this log's, and will begin anew.
    case otherHistory
    /// Up to here; the cursor was one of this log.
    case upTo(Int64)
  }

  /// What one request showed of how a replica gets on.
  enum Trouble: Equatable {
    /// Nothing.
    case untold
    /// Its changes fit; of what it reads that says nothing.
    case nothingInSending
    /// All is well.
    case none
    /// It was refused.
    case refused(ProblemCode)
  }

  /// What is known from the requests since the last transaction that wrote it down.
  struct Contact {
    var time: Int64
    var reading = Reading.untold
    var report: ReplicaReport?
    /// How far its clock was ahead when it reported.
    var skew: Int64?
    var trouble = Trouble.untold

    init(time: Int64, report: ReplicaReport? = nil, trouble: Trouble = .untold) {
      (self.time, self.report, self.trouble) = (time, report, trouble)
      skew = report.map { $0.clock - time }
    }
  }

  private(set) var unsaved: [ReplicaID: Contact] = [:]
  private var lastSaved: Int64 = 0
  private static let saveIntervalMilliseconds: Int64 = 30_000

  /// Takes note of a request; what it does not speak of stays as it was.
  mutating func heard(_ replica: ReplicaID, _ contact: Contact) {
    guard let known = unsaved[replica] else { return unsaved[replica] = contact }
    var contact = contact
    if contact.reading == .untold { contact.reading = known.reading }
    if contact.report == nil { (contact.report, contact.skew) = (known.report, known.skew) }
    switch contact.trouble {
    case .untold: contact.trouble = known.trouble
    case .nothingInSending where known.trouble == .refused(.historyChanged): contact.trouble = known.trouble
    case .nothingInSending where known.trouble == .none: contact.trouble = .none
    default: break
    }
    unsaved[replica] = contact
  }

  func shouldSave(now: Int64, isWriting: Bool) -> Bool {
    !unsaved.isEmpty && (isWriting || now - lastSaved > Self.saveIntervalMilliseconds || now < lastSaved)
  }

  mutating func didSave(now: Int64) {
    unsaved = [:]
    lastSaved = now
  }

  func save(_ connection: Connection) throws {
    for (replica, contact) in unsaved {
      let (tellsReading, cursor): (Int64, Int64?) =
        switch contact.reading {
        case .untold: (0, nil)
        case .otherHistory: (1, nil)
        case .upTo(let seq): (1, seq)
        }
      let (kind, code): (Int64, String?) =
        switch contact.trouble {
        case .untold: (0, nil)
        case .nothingInSending: (1, nil)
        case .none: (2, nil)
        case .refused(let code): (2, code.rawValue)
        }
      // Who is shut out stays so, also where it was heard in the moment before.
      try connection.run(
        """
        UPDATE known_replica SET contact = ?2, cursor_seq = iif(?3, ?4, cursor_seq), version = coalesce(?5, version),
          skew = coalesce(?6, skew), pending = coalesce(?7, pending), rejected = coalesce(?8, rejected),
          conflicts = coalesce(?9, conflicts),
          trouble = CASE WHEN trouble = 'revoked' OR ?10 = 0 THEN trouble
            WHEN ?10 = 1 AND trouble = 'history-changed' THEN trouble ELSE ?11 END
        WHERE id = ?1
        """, .text(replica.description), .integer(contact.time), .integer(tellsReading), SQLValue(cursor),
        SQLValue(contact.report?.version), SQLValue(contact.skew), SQLValue(contact.report?.pending),
        SQLValue(contact.report?.rejected), SQLValue(contact.report?.conflicts), .integer(kind), SQLValue(code))
    }
  }
}
