/// What can be wrong in a world; the raw values are the stable names of violations.
public enum ViolationKind: String, CaseIterable, Sendable {
  // MARK: The log of a file

  /// SQLite finds the file damaged.
  case damagedFile = "damaged-file"
  /// The bytes of a change have another SHA-256 than the one kept beside them.
  case wrongHash = "wrong-hash"
  /// The bytes of a change are no canonical JSON, or no change.
  case unreadableChange = "unreadable-change"
  /// The bytes of a change name another replica, number or record than their row.
  case wrongDot = "wrong-dot"
  /// A dot has two rows.
  case doubleDot = "double-dot"
  /// The numbers of a replica are not 1, 2, 3 … in order.
  case gap = "gap"
  /// The hub's seqs are not 1, 2, 3 …, or its rows have fates that a hub does not give.
  case logOrder = "log-order"
  /// The chain is not the rolling hash of the log.
  case wrongChain = "wrong-chain"
  /// The bytes of a change are there that should be forgotten.
  case keptBytes = "kept-bytes"
  /// The bytes of a change are gone that must be kept.
  case lostBytes = "lost-bytes"
  /// A refused change has no reason, or another one has.
  case wrongVerdict = "wrong-verdict"
  /// The former name of a change written again is not kept, or differs from its bytes.
  case wrongName = "wrong-name"
  /// `record.last` and `log.prev` do not lead through the rows of a record.
  case brokenLinks = "broken-links"
  /// A change names in `over` what does not stand before it in the log of a hub that never came back from a
  /// backup.
  case unseenCause = "unseen-cause"
  /// An entry that touches an awaited mark does not travel as a state, or another one does.
  case wrongFlag = "wrong-flag"
  /// A change is there that nobody wrote, or not with these bytes.
  case invention

  // MARK: The records of a file

  /// A live cell is missing.
  case missingCell = "missing-cell"
  /// A cell is there that no change put, or that a change replaced.
  case extraCell = "extra-cell"
  /// A cell has another value than the change that wrote it.
  case wrongValue = "wrong-value"
  /// A cell's time is not the smaller of the writer's clock and the hub's time.
  case wrongTime = "wrong-time"
  /// The awaited marks differ.
  case wrongMarks = "wrong-marks"
  /// A record is erased and should not be, or the other way round.
  case wrongErasure = "wrong-erasure"
  /// A state says the right things, but not in canonical bytes, or cannot be read at all.
  case stateBytes = "state-bytes"
  /// `record.hash` is not the SHA-256 of the base.
  case stateHash = "state-hash"
  /// `record.deleted` is not what the state says.
  case wrongDeleted = "wrong-deleted"
  /// `record.conflicts` is not the number of conflicts.
  case wrongConflicts = "wrong-conflicts"
  /// `record.seq` is not a place that this state can reflect.
  case wrongSeq = "wrong-seq"
  /// The title in the list is not the one shown.
  case wrongTitle = "wrong-title"
  /// The table of references is not what the states say.
  case wrongReferences = "wrong-references"
  /// The hub's point: its head or chain.
  case wrongPoint = "wrong-point"
  /// The hub's digest is not the sum of the hashes.
  case wrongDigest = "wrong-digest"

  // MARK: A replica beside the hub

  /// A base is not what the hub had at that seq.
  case wrongBase = "wrong-base"
  /// An own change is outside and the base holds it, or the other way round.
  case wrongOutside = "wrong-outside"
  /// The cursor has passed an entry that is in no base.
  case cursorAhead = "cursor-ahead"
  /// The replica tells of a history that the hub never had.
  case foreignHistory = "foreign-history"
  /// What the replica takes as acknowledged is not its own change.
  case wrongAcknowledged = "wrong-acknowledged"
  /// A row of a replica tells another seq or time than the hub's log.
  case wrongPlace = "wrong-place"

  // MARK: Promises

  /// A file does not hold a change that a person was told it keeps.
  case notSaved = "not-saved"
  /// The hub does not hold a change that was saved, and no file keeps it as refused.
  case lostChange = "lost-change"
  /// What the hub acknowledged is not there any more, or with another seq or time.
  case lostAcknowledgement = "lost-acknowledgement"
  /// The chain at a seq changed without a restore.
  case historyRewritten = "history-rewritten"
  /// The head of the hub's log fell without a restore.
  case historyShortened = "history-shortened"

  // MARK: Other systems

  /// The hub wrote something for a system that it did not post, or only in a dry run.
  case unaskedWrite = "unasked-write"
  /// The hub wrote for a system over a value that the system did not know.
  case overwroteUnseen = "overwrote-unseen"
  /// A request with an Idempotency-Key had its effect twice.
  case doneTwice = "done-twice"
  /// What the hub told a system is not so.
  case wrongAnswer = "wrong-answer"
  /// A reader of the feed has passed something that it was not told.
  case readerLacks = "reader-lacks"

  // MARK: At quiescence

  /// A replica shows another state than the hub.
  case diverged
  /// A replica lacks a record of the hub.
  case missingRecord = "missing-record"
  /// A replica has a record that the hub does not know.
  case extraRecord = "extra-record"
  /// A replica's bases do not sum to the hub's digest.
  case digestDiffers = "digest-differs"
  /// A replica has changes that do not leave.
  case pending
  /// A replica has own changes outside its base.
  case outside
  /// A replica has bases of a history that has gone.
  case staleBase = "stale-base"
  /// A replica's cursor is not at the hub's head.
  case behind
}
