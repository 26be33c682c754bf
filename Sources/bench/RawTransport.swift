import Crypto
import Foundation
import JSON
import Replica

/// Carries a replica's calls over a kept-alive connection, for figures without URLSession's share.
final class RawTransport: HubTransport {
  private let port: UInt16
  private var client: RawClient?

  init(port: UInt16) { self.port = port }

  func send(_ call: HubCall, to base: URL) throws -> HubReply {
    let client = try self.client ?? RawClient(port: port)
    self.client = client
    let answer = try client.send(call.method, call.path, token: call.token?.string ?? "", body: call.body)
    return HubReply(status: 200, mediaType: "application/json", body: answer)
  }
}

/// SHA-256 of a token, as the hub is told of it.
func tokenHash(_ token: String) -> String { SHA256.hash(Array(token.utf8)).hex }

/// Collects errors of several threads.
///
/// `@unchecked`: the lock guards the list.
final class Failures: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [any Error] = []

  func add(_ error: any Error) { lock.withLock { errors.append(error) } }
  var first: (any Error)? { lock.withLock { errors.first } }
}
