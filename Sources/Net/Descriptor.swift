internal import Glibc

/// The owner of a file descriptor, which closes it at its end.
final class Descriptor: Sendable {
  let raw: Int32

  /// Takes over what a system call returned; a negative result is that call's error.
  init(_ result: Int32, _ operation: String) throws(NetError) {
    guard result >= 0 else { throw NetError(operation, code: errno) }
    raw = result
  }

  deinit { close(raw) }
}
