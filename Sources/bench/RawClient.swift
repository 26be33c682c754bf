import Foundation
import HTTP
import JSON

/// A kept-alive connection that sends ready-made bodies: the least that any client must do.
final class RawClient {
  private let descriptor: Int32
  private let port: UInt16

  init(port: UInt16) throws {
    self.port = port
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw BenchError("the hub cannot be reached") }
  }

  deinit { close(descriptor) }

  /// Sends a request and reads its answer whole.
  func send(_ method: String, _ path: String, token: String, body: [UInt8] = []) throws -> [UInt8] {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAuthorization: Bearer \(token)\r\n"
    if method == "POST" { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
    try write(Array((head + "\r\n").utf8))
    if !body.isEmpty { try write(body) }
    return try read()
  }

  private func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw BenchError("the hub closed the connection") }
      sent += count
    }
  }

  private func read() throws -> [UInt8] {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    var end: Int?
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw BenchError("the hub closed the connection") }
      received.append(contentsOf: buffer[..<count])
      if end == nil, let head = Self.headEnd(received) {
        let text = String(decoding: received[..<head], as: UTF8.self).lowercased()
        guard text.hasPrefix("http/1.1 2") else { throw BenchError("the hub answered: \(text.prefix(80))") }
        let length = text.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        guard let length, let size = Int(length.dropFirst(15).trimmingCharacters(in: .whitespaces)) else {
          throw BenchError("the answer has no length")
        }
        end = head + size
      }
      if let end, received.count >= end {
        let head = Self.headEnd(received) ?? 0
        return Array(received[head..<end])
      }
    }
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(min(bytes.count, 4_096) - 4) where bytes[index] == 13 && bytes[index + 2] == 13 {
      return index + 4
    }
    return nil
  }
}
