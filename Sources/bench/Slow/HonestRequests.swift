import Foundation

/// Requests as they should be, each on a new connection, a hundred a second.
struct HonestRequests {
  private let port: UInt16
  private let request: [UInt8]
  private let expected: [UInt8]
  private(set) var times: [Double] = []
  /// Answered, but not with what was asked for.
  private(set) var wrong = 0
  /// Not answered within ten seconds, cut off, or not even connected.
  private(set) var unanswered = 0

  /// - Parameters:
  ///   - port: whom to ask.
  ///   - target: what to ask for.
  ///   - token: by whose right.
  ///   - expected: what stands in a right answer.
  init(port: UInt16, target: String, token: String?, expected: String) {
    self.port = port
    let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    request = Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(authorization)Connection: close\r\n\r\n".utf8)
    self.expected = Array(expected.utf8)
  }

  /// Asks once and then waits for the next hundredth of a second.
  mutating func ask() {
    let watch = Stopwatch()
    if let answer = try? answer(watch) {
      if answer.starts(with: "HTTP/1.1 200 ".utf8), answer.firstRange(of: expected) != nil {
        times.append(watch.seconds)
      } else {
        wrong += 1
      }
    } else {
      unanswered += 1
    }
    usleep(UInt32(max(0, 0.01 - watch.seconds) * 1e6))
  }

  /// Says how it went.
  func report(_ key: String, _ name: String, to sheet: Sheet) {
    let times = Quantiles(times)
    sheet.figure("\(key)Requests", "\(name): answered rightly", Double(self.times.count), "requests")
    sheet.figure("\(key)P50Milliseconds", "  p50", times.median * 1e3, "ms")
    sheet.figure("\(key)P99Milliseconds", "  p99", times.at(0.99) * 1e3, "ms")
    sheet.figure("\(key)MaxMilliseconds", "  max", times.last * 1e3, "ms")
    sheet.figure("\(key)Wrong", "  answered wrongly", Double(wrong), "requests (must be 0)")
    sheet.figure("\(key)Unanswered", "  not answered in 10 s", Double(unanswered), "requests (must be 0)")
  }

  private func answer(_ watch: Stopwatch) throws -> [UInt8] {
    let socket = try ClientSocket(port: port)
    socket.send(request[...])
    var answer: [UInt8] = []
    return try withUnsafeTemporaryAllocation(byteCount: 64 * 1_024, alignment: 16) { buffer in
      while watch.seconds < 10 {
        var poller = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
        guard poll(&poller, 1, 1_000) == 1 else { continue }
        switch socket.read(into: buffer) {
        case .nothing: continue
        case .bytes(let count): answer += UnsafeRawBufferPointer(rebasing: buffer[..<count])
        case .ended: return answer
        }
      }
      throw BenchError("no answer")
    }
  }
}
