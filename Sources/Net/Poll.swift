internal import CLinux
internal import Glibc

/// One epoll instance (epoll(7)): descriptors with a number of ours each, and the events that came for them.
final class Poll {
  /// What can happen to a descriptor.
  struct Events {
    var number: UInt64
    var bits: UInt32

    var isReadable: Bool { bits & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 }
    var isWritable: Bool { bits & (EPOLLOUT.rawValue | EPOLLHUP.rawValue) != 0 }
    var isHalfClosed: Bool { bits & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 }
    var isBroken: Bool { bits & EPOLLERR.rawValue != 0 }
  }

  private let descriptor: Descriptor
  private var buffer = [epoll_event](repeating: epoll_event(), count: 256)

  init() throws(NetError) {
    descriptor = try Descriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create1")
  }

  /// Watches a connection once and for all: both directions, edge-triggered.
  func addConnection(_ raw: Int32, number: UInt64) -> Bool {
    let bits = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    return control(EPOLL_CTL_ADD, raw, bits, number)
  }

  /// Watches a descriptor for as long as it is readable.
  func addReader(_ raw: Int32, number: UInt64) -> Bool {
    control(EPOLL_CTL_ADD, raw, EPOLLIN.rawValue, number)
  }

  /// Stops watching a reader for a while, or goes on.
  func setReader(_ raw: Int32, number: UInt64, isActive: Bool) {
    _ = control(EPOLL_CTL_MOD, raw, isActive ? EPOLLIN.rawValue : 0, number)
  }

  private func control(_ operation: Int32, _ raw: Int32, _ bits: UInt32, _ number: UInt64) -> Bool {
    var event = epoll_event(events: bits, data: epoll_data(u64: number))
    return epoll_ctl(descriptor.raw, operation, raw, &event) == 0
  }

  /// Waits for events, at most so many milliseconds, or without end for -1; returns how many there are.
  func wait(milliseconds: Int32) -> Int {
    // An interrupted wait has no events, and the caller's loop comes back.
    max(0, Int(epoll_wait(descriptor.raw, &buffer, Int32(buffer.count), milliseconds)))
  }

  /// One of the events of the last wait.
  subscript(_ index: Int) -> Events {
    Events(number: buffer[index].data.u64, bits: buffer[index].events)
  }
}
