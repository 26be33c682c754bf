import Crypto
import Foundation

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
