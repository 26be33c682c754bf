import Dispatch
import Foundation
import Net

/// Writes a hub's log on a thread of its own, so that a reader who is slow, or reads no more, holds up nobody.
///
/// What waits for that thread is bounded; when there is no more room lines are left out and counted, and a line tells
/// how many as soon as there is room again: `{"time":1800000000000,"lost":12}`.
public final class LogWriter: Sendable {
  private struct State {
    var buffer: LineBuffer
    var isAwake = false
    var isEnding = false
  }

  /// What the thread keeps alive, so that the end of the writer can be its end too.
  private final class Shared: Sendable {
    let state: Locked<State>
    let wake = DispatchSemaphore(value: 0)
    let end = DispatchSemaphore(value: 0)
    let write: @Sendable ([UInt8]) -> Bool

    init(capacity: Int, write: @escaping @Sendable ([UInt8]) -> Bool) {
      state = Locked(State(buffer: LineBuffer(capacity: capacity)))
      self.write = write
    }
  }

  /// How long lines may gather: a busy hub's go out together, not one by one.
  private static let gatherMilliseconds = 20
  private let shared: Shared

  /// - Parameters:
  ///   - capacity: how many bytes may wait.
  ///   - write: writes whole lines, and may block; false if it could not write all of them.
  public init(capacity: Int = 4 * 1024 * 1024, write: @escaping @Sendable ([UInt8]) -> Bool) {
    let shared = Shared(capacity: capacity, write: write)
    self.shared = shared
    Thread.detachNewThread { Self.run(shared) }
  }

  deinit { askToEnd() }

  /// How many lines were lost so far.
  public var lostLines: Int64 { shared.state.withLock { $0.buffer.lost } }

  /// Hands a line over; never waits.
  public func add(_ line: [UInt8]) {
    let wakes = shared.state.withLock { state -> Bool in
      state.buffer.add(line, now: HubProcess.now())
      defer { state.isAwake = true }
      return !state.isAwake
    }
    if wakes { shared.wake.signal() }
  }

  /// Ends the thread when all that waits is written, and returns then, or when the time is over.
  public func finish(milliseconds: Int) {
    askToEnd()
    if shared.end.wait(timeout: .now() + .milliseconds(milliseconds)) == .success { shared.end.signal() }
  }

  private func askToEnd() {
    shared.state.withLock { $0.isEnding = true }
    shared.wake.signal()
  }

  private static func run(_ shared: Shared) {
    var step = Step.rest
    while step != .end {
      shared.wake.wait()
      // Who asks for the end does not wait for more lines.
      if !shared.state.withLock({ $0.isEnding }) {
        _ = shared.wake.wait(timeout: .now() + .milliseconds(gatherMilliseconds))
      }
      step = next(shared)
      while case .write(let lines) = step { step = next(shared, after: shared.write(lines)) }
    }
    shared.end.signal()
  }

  private enum Step: Equatable {
    case write([UInt8]), rest, end
  }

  /// What to do after a writing that went well or not; what cannot be written now is told with what comes next, not
  /// tried again and again.
  private static func next(_ shared: Shared, after isWhole: Bool = true) -> Step {
    shared.state.withLock { state in
      state.buffer.written(isWhole)
      if isWhole, !state.buffer.isEmpty { return .write(state.buffer.take(now: HubProcess.now())) }
      // In the same moment as looking, so that whoever adds a line now wakes the thread again.
      state.isAwake = false
      return state.isEnding ? .end : .rest
    }
  }
}
