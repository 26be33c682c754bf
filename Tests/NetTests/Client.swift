import Glibc
import HTTP
import Net
import Testing

/// A blocking client on a real socket; every wait ends after ten seconds at most.
final class Client {
  /// Nobody listens, or nobody accepts.
  struct Refused: Error {
    var code: Int32
  }

  /// The connection ended, or the time was over.
  struct NoAnswer: Error {}

  private let raw: Int32
  private var parser: ResponseParser
  private var hasEnded = false

  /// Connects from 127.0.0.1, or another `source` in its place.
  init(_ port: UInt16, receiveBuffer: Int32? = nil, source: UInt8 = 1) throws {
    // A process that a test starts meanwhile would keep the connection open, and use up its own few descriptors.
    raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var limits = HTTPLimits()
    limits.body = 64 * 1024 * 1024
    parser = ResponseParser(limits: limits)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    if var size = receiveBuffer {
      setsockopt(raw, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    if source != 1, Self.withAddress(source, 0, { bind(raw, $0, $1) }) != 0 { throw Refused(code: errno) }
    if Self.withAddress(1, port, { connect(raw, $0, $1) }) != 0 { throw Refused(code: errno) }
  }

  private static func withAddress(
    _ host: UInt8, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = (0x7F00_0000 | UInt32(host)).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { close(raw) }

  /// Sends bytes, and reports whether all of them went.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    let all = Array(bytes)
    var start = 0
    while start < all.count {
      let count = all[start...].withUnsafeBytes {
        Glibc.send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      start += count
    }
    return true
  }

  @discardableResult
  func send(_ method: String, _ path: String, body: [UInt8] = []) throws -> Bool {
    parser.expect(method: method)
    return send(try MessageWriter.request(method: method, target: path, fields: [("Host", "h")], body: body))
  }

  /// Tells the parser of a request that was sent by hand.
  func expect(_ method: String) { parser.expect(method: method) }

  /// The next answer; throws when the connection ends, is reset, or says nothing for ten seconds.
  func receive() throws -> ReceivedResponse {
    while true {
      if let answer = try parser.next() { return answer }
      guard !hasEnded, let bytes = read() else { throw NoAnswer() }
      if bytes.isEmpty {
        hasEnded = true
        parser.receiveEnd()
      } else {
        parser.receive(bytes)
      }
    }
  }

  /// Some bytes, none at the end of the connection, or nil when it was reset or nothing came.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(raw, &buffer, buffer.count, 0)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  /// Closes this side's half.
  func finish() { shutdown(raw, Int32(SHUT_WR)) }

  /// Makes the end of this client a reset instead of an orderly close.
  func resetAtEnd() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(raw, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}
