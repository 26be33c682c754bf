import CLinux
import Foundation

/// Says which of thousands of sockets have something to read (epoll(7)).
final class Readiness {
  private let raw: Int32
  private var events = [epoll_event](repeating: epoll_event(), count: 512)

  init() throws {
    raw = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard raw >= 0 else { throw BenchError("no epoll: \(String(cString: strerror(errno)))") }
  }

  deinit { close(raw) }

  /// Watches a socket until it is closed, and calls it by this number.
  func add(_ socket: ClientSocket, number: Int) {
    var event = epoll_event(events: EPOLLIN.rawValue | EPOLLRDHUP.rawValue, data: epoll_data(u64: UInt64(number)))
    epoll_ctl(raw, EPOLL_CTL_ADD, socket.raw, &event)
  }

  /// The numbers of those that can be read now, or after so many seconds at the latest.
  func wait(seconds: Double) -> [Int] {
    let count = epoll_wait(raw, &events, Int32(events.count), Int32(max(0, seconds * 1_000).rounded(.up)))
    return (0..<max(0, Int(count))).map { Int(events[$0].data.u64) }
  }
}
