internal import CLinux
internal import Glibc

/// The socket calls, each with its flags in one place.
enum Socket {
  /// A socket that listens at the first of a host's addresses that can be had, and its port.
  static func listen(host: String, port: UInt16) throws(NetError) -> (Descriptor, port: UInt16) {
    var failure = NetError("bind", code: EADDRNOTAVAIL)
    for address in try SocketAddress.resolve(host: host, port: port) {
      do throws(NetError) {
        return try listen(address)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private static func listen(_ wanted: SocketAddress) throws(NetError) -> (Descriptor, port: UInt16) {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = try Descriptor(socket(wanted.family, type, 0), "socket")
    // A restarted server must not wait for old connections to be forgotten.
    set(descriptor.raw, SOL_SOCKET, SO_REUSEADDR, 1)
    var address = wanted
    guard address.withPointer({ bind(descriptor.raw, $0, $1.pointee) }) == 0 else {
      throw NetError("bind", code: errno)
    }
    guard Glibc.listen(descriptor.raw, 4096) == 0 else { throw NetError("listen", code: errno) }
    var bound = SocketAddress()
    guard bound.withPointer({ getsockname(descriptor.raw, $0, $1) }) == 0 else {
      throw NetError("getsockname", code: errno)
    }
    return (descriptor, bound.port)
  }

  /// The next connection of a listening socket and its address, or the error's number.
  static func accept(_ listener: Int32) -> (raw: Int32, address: SocketAddress)? {
    var address = SocketAddress()
    let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let raw = address.withPointer { accept4(listener, $0, $1, flags) }
    guard raw >= 0 else { return nil }
    // Answers are written in one piece; waiting for more to send with them only delays them.
    set(raw, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    return (raw, address)
  }

  /// Sends without a signal when the other side is gone; `more` lets the system join it with what follows.
  static func send(_ raw: Int32, _ bytes: UnsafeRawBufferPointer, more: Bool) -> Int {
    let flags = Int32(MSG_NOSIGNAL) | (more ? Int32(MSG_MORE) : 0)
    return Glibc.send(raw, bytes.baseAddress, bytes.count, flags)
  }

  /// How many sent bytes the other side has not acknowledged.
  static func unacknowledged(_ raw: Int32) -> Int {
    var count: Int32 = 0
    return ioctl(raw, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
  }

  private static func set(_ raw: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(raw, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
