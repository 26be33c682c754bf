public import Crypto
public import JSON

/// One entry of the feed: what stands at one place in the hub's order.
public struct FeedEntry: Hashable, Sendable {
  /// The place in the hub's log.
  public let seq: Int64
  /// The hub's clock when it accepted the entry, in milliseconds.
  public let time: Int64
  /// What stands there.
  public let content: Content

  /// An entry from its parts.
  public init(seq: Int64, time: Int64, content: Content) {
    self.seq = seq
    self.time = time
    self.content = content
  }

  /// The record that it is about; a stub of an own change names none.
  public var record: RecordID? {
    switch content {
    case .change(let change): change.record
    case .own: nil
    case .state(let state): state.record
    case .withdrawal(let record), .erasure(let record, _): record
    }
  }

  /// The five things that an entry can be.
  public enum Content: Hashable, Sendable {
    /// Somebody's change, as its canonical bytes.
    case change(Change)
    /// One of the reader's own changes: from here on it is in the base.
    case own(n: Int64, hash: Digest)
    /// A whole record; becomes the base, and reflects everything up to the entry's seq.
    case state(RecordState)
    /// The record is no longer the reader's to see: purge it.
    case withdrawal(RecordID)
    /// Every value of the record is gone for good.
    case erasure(RecordID, kind: Text)
  }
}
