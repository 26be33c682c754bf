internal import CLinux
internal import Glibc

/// The address of one end of a TCP connection.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  init() {}

  /// An address given as such, without asking any service about a name.
  init?(numeric text: String) {
    guard let found = try? Self.resolve(host: text, port: 0, flags: AI_NUMERICHOST).first else { return nil }
    self = found
  }

  /// The addresses that a host has here, those of IPv4 first, so that "localhost" is 127.0.0.1.
  static func resolve(host: String, port: UInt16, flags: Int32 = 0) throws(NetError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV | flags
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
  var host: String { withAddress(Self.text) ?? "" }

  /// Under what its connections are counted.
  var block: AddressBlock? { withAddress { AddressBlock($0) } ?? nil }

  /// Whether it is this machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
  var isLoopback: Bool {
    withAddress { address in
      address.count == 4 ? address.first == 127 : address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
    } ?? false
  }

  /// Calls the closure with the four or sixteen bytes of the address.
  private func withAddress<Result>(_ body: (Slice<UnsafeRawBufferPointer>) -> Result) -> Result? {
    withUnsafeBytes(of: storage) { bytes in
      if isIPv4 { return body(bytes[4..<8]) }
      guard family == AF_INET6 else { return nil }
      let address = bytes[8..<24]
      let isMapped = address.prefix(10).allSatisfy { $0 == 0 } && address[18] == 0xFF && address[19] == 0xFF
      return body(isMapped ? bytes[20..<24] : address)
    }
  }

  private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress,
        inet_ntop(family, UnsafeRawBufferPointer(rebasing: bytes).baseAddress, start, 64) != nil
      else { return "" }
      return String(cString: start)
    }
  }
}
