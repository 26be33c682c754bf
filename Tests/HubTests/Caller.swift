import Glibc
import HTTP
import JSON
import TestKit

/// A blocking client on a real socket; every wait ends after a minute at most.
final class Caller {
  private let descriptor: Int32
  private var parser = ResponseParser()

  init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw TestError("the hub cannot be reached") }
  }

  deinit { close(descriptor) }

  /// Sends a request and waits for its answer.
  func call(_ method: String, _ target: String, token: String? = nil, body: String = "") throws -> (
    status: Int, json: JSON
  ) {
    try send(method, target, token: token, body: body)
    return try receive()
  }

  /// Sends a request.
  func send(_ method: String, _ target: String, token: String? = nil, body: String = "") throws {
    var fields = [("Host", "hub"), ("Content-Type", "application/json")]
    if let token { fields.append(("Authorization", "Bearer \(token)")) }
    try send(
      method, MessageWriter.request(method: method, target: target, fields: fields, body: Array(body.utf8)))
  }

  /// Sends bytes that begin a request with this method.
  func send(_ method: String, _ bytes: [UInt8]) throws {
    parser.expect(method: method)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw TestError("the hub closed the connection") }
      sent += count
    }
  }

  /// Waits for an answer.
  func receive() throws -> (status: Int, json: JSON) {
    let answer = try receiveAll()
    return (answer.status, (try? JSON.parse(answer.body)) ?? .null)
  }

  /// Waits for an answer with its fields.
  func receiveAll() throws -> ReceivedResponse {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let answer = try parser.next() { return answer }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw TestError("no answer came") }
      parser.receive(buffer[..<count])
    }
  }
}
