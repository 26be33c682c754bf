import Crypto

/// What was read before: the same bytes stand in many files, and in one file for many checks.
final class OracleCache {
  private var changes: [Digest: NaiveChange?] = [:]
  private var states: [Digest: KnownState?] = [:]

  /// The change with these bytes; nil if they are not the canonical bytes of one.
  func change(_ hash: Digest, _ bytes: () -> [UInt8]) -> NaiveChange? {
    if let known = changes[hash] { return known }
    let change = NaiveChange(bytes(), hash: hash)
    changes[hash] = .some(change)
    return change
  }

  /// A change that was read before, of which only the hash is there now.
  func known(_ hash: Digest) -> NaiveChange? { changes[hash] ?? nil }

  /// The state with these bytes; nil if they are not the canonical bytes of one.
  func state(_ hash: Digest, _ bytes: () -> [UInt8]) -> KnownState? {
    if let known = states[hash] { return known }
    let state = NaiveState(bytes()).map { KnownState($0, hash: hash) }
    states[hash] = .some(state)
    return state
  }
}
