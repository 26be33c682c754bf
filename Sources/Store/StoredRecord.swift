public import Crypto
public import Sync

/// A record as it is stored: what is shown, the hub's part, and where its history ends.
public struct StoredRecord: Sendable {
  /// The hub's part of a record.
  public enum Base: Sendable {
    /// The hub holds nothing of the record.
    case none
    /// What is shown is the hub's part: no own change is outside it.
    case shown
    /// The hub's part, beside what is shown.
    case apart(RecordState)
  }

  /// The number that stands for it in the log.
  public let num: Int64
  /// Whether it has a row already.
  public internal(set) var isStored = false
  /// What is shown: the base with the own changes outside it applied again.
  public var state: RecordState
  /// The hub's part.
  public var base: Base = .none
  /// The hash of the base as it was stored last; `nil` if there was none.
  public internal(set) var baseHash: Digest?
  /// The hub's seq that the base reflects.
  public var seq: Int64 = 0
  /// The newest log row of this record; 0 for none.
  public var last: Int64 = 0
  /// The bytes of what is shown, as they were stored or measured last.
  public internal(set) var storedBytes = 0
  /// The bytes of the changes that were applied since; a state grows by no more than a small multiple of them.
  public var addedBytes = 0
  /// A bound on the bytes of what is shown: names and times of a cell add less than its change did.
  public var mostBytes: Int { storedBytes + 2 * addedBytes }
  /// Whether the base belongs to a history that the hub no longer has.
  public var isStale = false

  /// A record that is not stored yet.
  ///
  /// - Parameters:
  ///   - num: a free number (``RecordTable/nextNumber()``).
  ///   - state: what is shown.
  public init(num: Int64, state: RecordState) {
    self.num = num
    self.state = state
  }

  /// The state of the base, if there is one.
  public var baseState: RecordState? {
    switch base {
    case .none: nil
    case .shown: state
    case .apart(let state): state
    }
  }

  /// Takes note of how many bytes what is shown has.
  public mutating func measured(_ bytes: Int) { (storedBytes, addedBytes) = (bytes, 0) }
}
