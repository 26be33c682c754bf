import Foundation

/// A client's TCP connection to this machine; once it is connected, no call on it blocks.
final class ClientSocket {
  /// What a read brought.
  enum Reading {
    case bytes(Int)
    /// Nothing now.
    case nothing
    /// The other side has closed or reset the connection.
    case ended
  }

  /// What a connection is to be like.
  struct Shape {
    /// The number in 127.0.0.x that it comes from: one address has fewer than 30,000 ports to give.
    var source: UInt8 = 1
    /// The bytes that the system may hold for a client that does not read; `nil` for as many as it likes.
    var receiveBuffer: Int32?
    /// The bytes of a segment; loopback's are 64 KiB, and the other side may buffer by that measure.
    var segment: Int32?

    init(source: UInt8 = 1, receiveBuffer: Int32? = nil, segment: Int32? = nil) {
      (self.source, self.receiveBuffer, self.segment) = (source, receiveBuffer, segment)
    }

    /// For the connection of this number among thousands.
    func numbered(_ index: Int) -> Shape {
      var shape = self
      shape.source = UInt8(truncatingIfNeeded: 1 + index / 8_192 % 250)
      return shape
    }
  }

  let raw: Int32

  /// Connects; waits while the other side's queue of new connections is full.
  init(port: UInt16, _ shape: Shape = Shape()) throws {
    raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard raw >= 0 else { throw BenchError("no socket: \(String(cString: strerror(errno)))") }
    if let size = shape.receiveBuffer { set(SOL_SOCKET, SO_RCVBUF, size) }
    if let size = shape.segment { set(Int32(IPPROTO_TCP), TCP_MAXSEG, size) }
    // The port is chosen when the other end is known, so that each pair of ends may use all of them (ip(7)).
    set(Int32(IPPROTO_IP), 24, 1)
    set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    // It bounds connect(2) too (socket(7)).
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard reach(127 << 24 | UInt32(shape.source), 0, bind) == 0, reach(127 << 24 | 1, port, connect) == 0 else {
      let reason = String(cString: strerror(errno))
      close(raw)
      throw BenchError("no connection to port \(port): \(reason)")
    }
    _ = fcntl(raw, F_SETFL, fcntl(raw, F_GETFL) | O_NONBLOCK)
  }

  deinit { close(raw) }

  /// Sends bytes that fit into an empty buffer; false when the connection is broken or full.
  @discardableResult
  func send(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { Glibc.send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == bytes.count
  }

  /// Reads once.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
    let count = recv(raw, buffer.baseAddress, buffer.count, 0)
    if count > 0 { return .bytes(count) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .ended
  }

  private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(raw, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private func reach(
    _ host: UInt32, _ port: UInt16, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = host.bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
