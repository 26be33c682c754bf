import Crypto

/// A row of a file's table of records.
struct FileRecord {
  let num: Int64
  /// The id as text.
  let id: [UInt8]
  let kind: [UInt8]
  let seq: Int64
  let last: Int64
  /// The hash of the base as the file tells it; nil for no base.
  let hash: Digest?
  /// The base where it is not what is shown: the SHA-256 of its bytes, and what they say.
  let base: (hash: Digest, state: KnownState?)?
  /// What is shown.
  let state: (hash: Digest, state: KnownState?)
  let deleted: Int64
  let conflicts: Int64
  let isStale: Bool
  let title: String?

  /// The base, wherever it stands; nil for none or one that cannot be read.
  var baseState: KnownState? {
    guard hash != nil else { return nil }
    return base.map(\.state) ?? state.state
  }
}
