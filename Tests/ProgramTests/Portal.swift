import Foundation
import Glibc
import TestKit

/// Whatever answers in the place of a hub: a page to sign in at, or a web server whose hub is down.
final class Portal: Sendable {
  private let descriptor: Int32
  let url: String

  /// Answers every call with these bytes.
  init(_ answer: String) throws {
    let listener = try Listener.open()
    descriptor = listener.descriptor
    url = "http://127.0.0.1:\(listener.port)"
    let descriptor = descriptor
    Thread.detachNewThread {
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        _ = Listener.head(connection)
        let bytes = Array(answer.utf8)
        _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(connection, Int32(SHUT_RDWR))
        close(connection)
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }
}
