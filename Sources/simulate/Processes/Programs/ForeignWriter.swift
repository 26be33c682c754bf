import Glibc

/// Locks a replica's file as a program does that writes to it and does not come to an end.
///
/// The locks are those of SQLite on Unix (sqlite.org/lockingv3.html): whoever holds the bytes from PENDING to
/// the end of SHARED for writing keeps writers and readers out.
final class ForeignWriter {
  private let descriptor: Int32
  private static let pendingByte = 0x4000_0000
  private static let length = 512

  init(_ path: String) throws {
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw TrialError("\(path) cannot be opened") }
  }

  deinit { close(descriptor) }

  /// Takes the locks, waiting for those who hold them now; `false` if that fails.
  func lock() -> Bool { set(F_WRLCK) }

  /// Gives them back.
  func unlock() { _ = set(F_UNLCK) }

  private func set(_ type: Int32) -> Bool {
    var wanted = flock()
    wanted.l_type = Int16(type)
    wanted.l_whence = Int16(SEEK_SET)
    wanted.l_start = off_t(Self.pendingByte)
    wanted.l_len = off_t(Self.length)
    return fcntl(descriptor, F_SETLKW, &wanted) == 0
  }
}
