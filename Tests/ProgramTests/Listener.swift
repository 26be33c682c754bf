import Foundation
import Glibc
import TestKit

/// A socket that listens at a port of its own on this machine.
enum Listener {
  static func open() throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isOpen else { throw TestError("no port can be had") }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// Reads until a head is whole; what came, or nothing at the end.
  static func head(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return [] }
      bytes += buffer[..<count]
    }
    return bytes
  }
}

/// A hub that takes a call and never answers.
final class SilentHub: Sendable {
  private let descriptor: Int32
  let url: String

  init() throws {
    let listener = try Listener.open()
    descriptor = listener.descriptor
    url = "http://127.0.0.1:\(listener.port)"
  }

  deinit { close(descriptor) }

  /// Returns as soon as a call has come.
  func waitForCall() {
    let connection = accept(descriptor, nil, nil)
    _ = Listener.head(connection)
  }
}

/// A proxy for plain http that carries everything to one port of this machine, and keeps the heads that it was given.
final class ForwardProxy: @unchecked Sendable {
  private let descriptor: Int32
  private let target: Int
  let port: Int
  private let lock = NSLock()
  private var kept: [String] = []

  init(to target: Int) throws {
    let listener = try Listener.open()
    (descriptor, port, self.target) = (listener.descriptor, listener.port, target)
    let descriptor = descriptor
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        carry(connection)
      }
    }
  }

  /// The heads of the calls so far, one of each connection.
  var heads: [String] { lock.withLock { kept } }

  private func carry(_ connection: Int32) {
    let bytes = Listener.head(connection)
    let text = String(decoding: bytes, as: UTF8.self)
    lock.withLock { kept.append(text) }
    let hub = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(target).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(hub, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected, let scheme = text.range(of: " http://"),
      let path = text[scheme.upperBound...].firstIndex(of: "/")
    else { return _ = close(connection) }
    // As RFC 9112 §3.2.1 wants it at the origin.
    let rewritten = text[..<scheme.lowerBound] + " " + text[path...]
    Self.pass(Array(rewritten.utf8), to: hub)
    Thread.detachNewThread { Self.pump(connection, hub) }
    Thread.detachNewThread { Self.pump(hub, connection) }
  }

  private static func pump(_ from: Int32, _ to: Int32) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(from, &buffer, buffer.count)
      guard count > 0 else { break }
      pass(Array(buffer[..<count]), to: to)
    }
    shutdown(to, Int32(SHUT_WR))
  }

  private static func pass(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
