internal import CLinux
internal import Glibc

/// The address of one end of a TCP connection.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  init() {}

  /// The addresses that a host has here, those of IPv4 first, so that "localhost" is 127.0.0.1.
  static func resolve(host: String, port: UInt16) throws(NetError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &list)
    guard result == 0 else { throw NetError(resolving: host, result: result) }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr {
        var made = SocketAddress()
        made.length = entry.ai_addrlen
        withUnsafeMutableBytes(of: &made.storage) {
          $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
        }
        addresses.append(made)
      }
      next = entry.ai_next
    }
    return addresses.filter(\.isIPv4) + addresses.filter { !$0.isIPv4 }
  }

  var family: Int32 { Int32(storage.ss_family) }

  private var isIPv4: Bool { family == AF_INET }

  /// Calls the closure with what the socket calls take.
  mutating func withPointer<Result>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
  }

  /// The port in the host's byte order.
  var port: UInt16 {
    withUnsafeBytes(of: storage) { bytes in
      // The port stands at the same place in both families.
      UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
  }

  /// The address without its port; an IPv4 address that comes through an IPv6 socket in its own spelling.
  var host: String {
    withUnsafeBytes(of: storage) { bytes in
      if isIPv4 { return Self.text(bytes[4..<8], AF_INET) }
      guard family == AF_INET6 else { return "" }
      let address = bytes[8..<24]
      let isMapped = address.prefix(10).allSatisfy { $0 == 0 } && address[18] == 0xFF && address[19] == 0xFF
      return isMapped ? Self.text(bytes[20..<24], AF_INET) : Self.text(address, AF_INET6)
    }
  }

  private static func text(_ bytes: Slice<UnsafeRawBufferPointer>, _ family: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress,
        inet_ntop(family, UnsafeRawBufferPointer(rebasing: bytes).baseAddress, start, 64) != nil
      else { return "" }
      return String(cString: start)
    }
  }
}
