import Crypto

/// A state with what the columns beside it must say.
final class KnownState {
  let state: NaiveState
  let hash: Digest
  let deleted: Int64
  let conflicts: Int64

  init(_ state: NaiveState, hash: Digest) {
    self.state = state
    self.hash = hash
    deleted = state.deletedColumn
    conflicts = state.conflicts
  }
}
