import Sync

/// What a person wrote over: where the change is accepted, none of it may be live again, whatever else was refused.
struct Replacement {
  let record: RecordID
  let path: Path
  let change: ChangeName
  let replaced: Set<ChangeName>
}
