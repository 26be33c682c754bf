import HTTP
import Synchronization

/// A spooled body that is in memory after all, and fails when it is told to.
final class MemorySpool: SpooledBody {
  private struct State {
    var bytes: [UInt8] = []
    var longestPiece = 0
  }

  private let room: Int
  private let isReadable: Bool
  private let state = Mutex(State())

  init(_ bytes: [UInt8] = [], room: Int = 1 << 30, isReadable: Bool = true) {
    (self.room, self.isReadable) = (room, isReadable)
    state.withLock { $0.bytes = bytes }
  }

  var bytes: [UInt8] { state.withLock { $0.bytes } }
  var longestPiece: Int { state.withLock { $0.longestPiece } }
  var count: Int { state.withLock { $0.bytes.count } }

  func append(_ bytes: [UInt8]) -> Bool {
    state.withLock { state in
      guard state.bytes.count + bytes.count <= room else { return false }
      state.longestPiece = max(state.longestPiece, bytes.count)
      state.bytes += bytes
      return true
    }
  }

  func read(at offset: Int, count: Int) -> [UInt8]? {
    isReadable ? state.withLock { Array($0.bytes.dropFirst(offset).prefix(count)) } : nil
  }
}
