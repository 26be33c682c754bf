internal import CLinux
internal import Glibc
internal import HTTP
internal import Synchronization

/// Where answers and the order to stop reach the loop, from any thread.
///
/// The first letter after a collection wakes the loop through an eventfd, the others find it awake already.
/// Unchecked Sendable because `local` belongs to the loop's thread, and all else is guarded by `state`.
final class Mailbox: @unchecked Sendable {
  private struct State {
    var letters: [Mail] = []
    var stopGrace: Int?
    var hasSignalled = false
    var isClosed = false
  }

  private let state = Locked(State())
  private let wakeUp: Descriptor
  private let loopThread = Atomic<UInt>(0)
  private var local: [Mail] = []

  init() throws(NetError) {
    let flags = Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC)
    wakeUp = try Descriptor(eventfd(0, flags), "eventfd")
  }

  /// The descriptor that is readable while there is mail.
  var raw: Int32 { wakeUp.raw }

  /// Makes the calling thread the one whose letters need no lock and no wake-up.
  func open() { loopThread.store(UInt(pthread_self()), ordering: .relaxed) }

  /// Throws away all mail, now and from now on.
  func close() {
    loopThread.store(0, ordering: .relaxed)
    local = []
    state.withLock { state in
      state.letters = []
      state.isClosed = true
    }
  }

  func post(_ mail: Mail) {
    if isOnLoop { return local.append(mail) }
    let wakes = state.withLock { state in
      if state.isClosed { return false }
      state.letters.append(mail)
      return Self.signals(&state)
    }
    if wakes { signal() }
  }

  /// Asks the loop to stop; the first grace given counts.
  func postStop(graceMilliseconds: Int) {
    let wakes = state.withLock { state in
      guard state.stopGrace == nil else { return false }
      state.stopGrace = graceMilliseconds
      return Self.signals(&state)
    }
    if wakes { signal() }
  }

  /// Whether the calling thread is the loop's.
  var isOnLoop: Bool { loopThread.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// The letters from the loop's own thread.
  func takeLocal() -> [Mail] {
    if local.isEmpty { return [] }
    let taken = local
    local = []
    return taken
  }

  /// The letters from all other threads, and the grace if the loop is to stop.
  func collect() -> (letters: [Mail], stopGrace: Int?) {
    var count: UInt64 = 0
    _ = read(wakeUp.raw, &count, 8)
    return state.withLock { state in
      let letters = state.letters
      state.letters = []
      state.hasSignalled = false
      return (letters, state.stopGrace)
    }
  }

  private static func signals(_ state: inout State) -> Bool {
    defer { state.hasSignalled = true }
    return !state.hasSignalled
  }

  private func signal() {
    var one: UInt64 = 1
    _ = write(wakeUp.raw, &one, 8)
  }
}
