import Foundation
import JSON
import Replica

/// A kept-alive connection that sends ready-made bodies.
final class RawClient {
  private let transport = SocketTransport(userAgent: "bench")
  private let base: URL

  init(port: UInt16) throws {
    guard let url = URL(string: "http://127.0.0.1:\(port)") else { throw BenchError("the hub has no address") }
    base = url
  }

  /// Sends a request and gives the body of its answer.
  func send(_ method: String, _ path: String, token: String?, body: [UInt8] = []) throws -> [UInt8] {
    let call = HubCall(method: method, path: path, token: token.map { Text($0) }, body: body)
    let reply = try transport.send(call, to: base)
    guard (200..<300).contains(reply.status) else { throw BenchError("the hub answered \(reply.status)") }
    return reply.body
  }
}
