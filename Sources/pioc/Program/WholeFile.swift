import Glibc
import Terminal

/// Writes a file whole or not at all: under another name first, on the disk, and then in the place of the old one.
enum WholeFile {
  static func write(_ bytes: [UInt8], to path: String) throws {
    let failure = Failure.failed(
      "'\(TerminalSafe.line(path))' cannot be written.", "What was there is as it was; check the folder and the space.")
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      // A pipe or a device has no place to take: it is written as it stands.
      guard status.st_mode & S_IFMT != S_IFDIR else { throw failure }
      let file = open(path, O_WRONLY)
      defer { close(file) }
      guard file >= 0, Terminal.write(bytes, to: file) else { throw failure }
      return
    }
    var template = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw failure }
    let isWritten = Terminal.write(bytes, to: file) && fsync(file) == 0
    guard close(file) == 0, isWritten, rename(template, path) == 0 else {
      unlink(template)
      throw failure
    }
  }
}
