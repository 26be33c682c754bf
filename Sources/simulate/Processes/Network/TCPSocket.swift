import Glibc

/// A blocking TCP socket on this machine, not inherited by the programs that are started.
final class TCPSocket {
  let descriptor: Int32
  private var isOpen = true

  /// Takes over a socket that was accepted.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    limitWaiting(seconds: 60)
  }

  /// Connects to a port.
  convenience init(port: UInt16) throws {
    self.init(descriptor: try Self.make())
    guard Self.withAddress(port, { connect(descriptor, $0, $1) }) == 0 else {
      throw TrialError("nothing listens at port \(port)")
    }
  }

  /// Listens at any free port.
  static func listener() throws -> TCPSocket {
    let socket = TCPSocket(descriptor: try make())
    guard withAddress(0, { bind(socket.descriptor, $0, $1) }) == 0, listen(socket.descriptor, 64) == 0 else {
      throw TrialError("no port to listen at")
    }
    return socket
  }

  deinit { close() }

  /// The port at this end.
  var port: UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Takes the next connection; `nil` if there is none within the time to wait.
  func accept() -> Int32? {
    let accepted = Glibc.accept(descriptor, nil, nil)
    guard accepted >= 0 else { return nil }
    _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
    return accepted
  }

  /// Up to 64 KiB; empty at the end, when the connection broke, or when nothing came in time.
  func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : []
  }

  /// Sends everything; `false` if the other side is gone.
  @discardableResult
  func write(_ bytes: some Collection<UInt8>) -> Bool {
    let all = Array(bytes)
    var sent = 0
    while sent < all.count {
      let count = all[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// How long to wait for the other side.
  func limitWaiting(seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  /// Closes it so that the other side sees a reset instead of an end.
  func reset() {
    var hard = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  /// Closes it.
  func close() {
    if isOpen { Glibc.close(descriptor) }
    isOpen = false
  }

  private static func make() throws -> Int32 {
    let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard made >= 0 else { throw TrialError("no socket: \(String(cString: strerror(errno)))") }
    return made
  }

  private static func withAddress(
    _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
