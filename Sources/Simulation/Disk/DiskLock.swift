/// The locks on one file, see https://sqlite.org/lockingv3.html.
///
/// Any number of handles read; one of them may prepare to write (reserved), then keep new readers out
/// (pending), and write once the others have gone (exclusive).
struct DiskLock {
  /// How many handles have at least a shared lock.
  private var readers = 0
  /// The one handle that has more than a shared lock.
  private var writer: ObjectIdentifier?
  private var writerLevel = LockLevel.none

  /// Whether some handle is writing or about to.
  var isReserved: Bool { writer != nil }

  /// Raises a handle's lock, and gives what it holds then: less than it wanted if another is in the way.
  mutating func raise(_ owner: ObjectIdentifier, from held: LockLevel, to wanted: LockLevel) -> LockLevel {
    guard held < wanted else { return held }
    if held == .none { return share() }
    guard writer == nil || writer == owner else { return held }
    writer = owner
    // A writer that must wait for readers keeps the lock that keeps further readers out.
    writerLevel = wanted == .exclusive && readers > 1 ? .pending : wanted
    return writerLevel
  }

  /// Lowers a handle's lock.
  mutating func lower(_ owner: ObjectIdentifier, from held: LockLevel, to wanted: LockLevel) {
    guard held > wanted else { return }
    if writer == owner {
      writer = nil
      writerLevel = .none
    }
    if wanted == .none { readers -= 1 }
  }

  private mutating func share() -> LockLevel {
    guard writerLevel < .pending else { return .none }
    readers += 1
    return .shared
  }
}
