import Glibc

/// The lock that keeps two syncs of one replica apart; edits beside a sync are fine and do not take it.
///
/// The kernel lets go of it when the process ends, however it ends (`flock(2)`), so a crash leaves nothing
/// to clean up.
final class SyncLock {
  private let descriptor: Int32

  /// Takes the lock, or says that another sync has it.
  init(_ folder: ReplicaFolder) throws {
    descriptor = Glibc.open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure.failed("The file \(folder.lock) cannot be made.", "Check the permissions of its folder.")
    }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let isTaken = errno == EWOULDBLOCK
      close(descriptor)
      throw isTaken
        ? Failure.temporary(
          "Another sync of this replica is running.",
          "Wait until it has ended, and try again; 'pioc sync --watch' sends what is new by itself. One that was stopped "
            + "with Ctrl-Z goes on with 'fg'.")
        : Failure.failed("The file \(folder.lock) cannot be locked.", "Use a folder on a local disk.")
    }
  }

  deinit { close(descriptor) }
}
