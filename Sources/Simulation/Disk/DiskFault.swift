/// What goes wrong in an operation of the disk.
public enum DiskFault: Sendable, Equatable {
  /// The device fails (`EIO`): a write is done in part, a sync does nothing and says so once.
  case inputOutput
  /// The disk is full (`ENOSPC`): a write is done in part.
  case full
  /// The process is killed: a write is done in part, everything after it not at all.
  case kill
}
