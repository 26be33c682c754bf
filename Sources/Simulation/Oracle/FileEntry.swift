import Crypto

/// A row of a file's log.
struct FileEntry {
  let pos: Int64
  let seq: Int64?
  /// The replica's id, and its number in this file.
  let replica: [UInt8]
  let n: Int64
  /// The record's number in this file; 0 for none.
  let record: Int64
  let prev: Int64
  let time: Int64
  let hash: Digest
  let chain: Int64
  let fate: EntryFate?
  let flags: Int64
  /// The SHA-256 of the bytes; nil if they are not there.
  let bodyHash: Digest?
  let change: NaiveChange?
  /// What it is called: by the table of former names, by its bytes, or by its dot and hash.
  let name: NaiveName
  /// Whether it is in the table of former names.
  let isRenamed: Bool
  /// Whether another change has taken its dot: a row of a history that has gone, under a negative number.
  let isDisplaced: Bool

  /// Whether a hub has forgotten its bytes, since every replica has read it.
  var isCompacted: Bool { fate == .applied && bodyHash == nil && travelsAsState }

  /// Where it stands, for people.
  func place(_ file: String) -> String { "\(file) row \(pos) (\(replica.shown):\(n))" }

  /// Whether this is outside the base.
  var isOutside: Bool { flags & 2 != 0 }

  /// Whether this travels as a state.
  var travelsAsState: Bool { flags & 1 != 0 }
}
