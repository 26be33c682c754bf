import Foundation
import Net

/// Thousands of connections that dawdle, each until the server cuts it; on a thread of their own.
///
/// `@unchecked`: all but `state` belongs to that thread once it has begun.
final class SlowCrowd: @unchecked Sendable {
  /// What has become of them so far.
  struct State {
    var opened = 0
    /// After how many seconds each that is gone was cut.
    var cuts: [Double] = []
    /// How many of these were told so: 408.
    var told = 0
    var isStopping = false
    var hasStopped = false
  }

  private let kind: SlowKind
  private let count: Int
  private let port: UInt16
  private let opening: [UInt8]
  private let locked = Locked(State())
  private let watch = Stopwatch()
  private let readiness: Readiness
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 * 1_024, alignment: 16)
  private var sockets: [ClientSocket?] = []
  private var openedAt: [Double] = []

  init(_ kind: SlowKind, count: Int, port: UInt16, opening: [UInt8]) throws {
    (self.kind, self.count, self.port, self.opening) = (kind, count, port, opening)
    readiness = try Readiness()
    Thread.detachNewThread { self.run() }
  }

  deinit { buffer.deallocate() }

  var state: State { locked.withLock { $0 } }

  /// Closes what is left, and returns when that is done.
  func stop() {
    locked.withLock { $0.isStopping = true }
    while !state.hasStopped { usleep(5_000) }
  }

  private func run() {
    var turn = 0
    while !state.isStopping {
      if sockets.count < count { open() }
      // Each has its own moment in the interval: the bytes of all come evenly.
      let due = Int(watch.seconds / SlowKind.interval * Double(count))
      while turn < due, kind != .reader {
        dribble(turn % count)
        turn += 1
      }
      look(seconds: sockets.count < count ? 0 : 0.002)
    }
    sockets = []
    locked.withLock { $0.hasStopped = true }
  }

  /// Opens some more, so that those that are there are not forgotten meanwhile.
  private func open() {
    for _ in 0..<min(32, count - sockets.count) {
      let socket = try? ClientSocket(port: port, kind.shape.numbered(sockets.count))
      if let socket, socket.send(opening[...]) {
        // Its reading end is left alone, and so is what the server has to say at its end.
        if kind != .reader { readiness.add(socket, number: sockets.count) }
        locked.withLock { $0.opened += 1 }
      }
      sockets.append(socket)
      openedAt.append(watch.seconds)
    }
  }

  private func dribble(_ index: Int) {
    guard index < sockets.count, watch.seconds - openedAt[index] > SlowKind.interval / 2 else { return }
    sockets[index]?.send([UInt8(ascii: "a")])
  }

  private func look(seconds: Double) {
    if kind == .reader { usleep(UInt32(seconds * 1e6)) }
    for index in kind == .reader ? [] : readiness.wait(seconds: seconds) {
      guard let socket = sockets[index] else { continue }
      switch socket.read(into: buffer) {
      case .nothing: continue
      case .bytes(let count):
        let isTold = buffer[..<count].starts(with: "HTTP/1.1 408".utf8)
        if isTold { locked.withLock { $0.told += 1 } }
      case .ended:
        let seconds = watch.seconds - openedAt[index]
        locked.withLock { $0.cuts.append(seconds) }
        sockets[index] = nil
      }
    }
  }
}
