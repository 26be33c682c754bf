import Glibc
import Terminal

/// A file that somebody names for a command to read: a file, a pipe, or standard input.
struct InputFile {
  /// What was typed; `-` is standard input.
  let name: String
  /// The bytes that are taken at most, in MiB: many times what a city has, and what an old laptop can still hold.
  static let most = 256
  private static let piece = 1 << 20

  /// All of it.
  func bytes() throws -> [UInt8] {
    guard name != "-" else { return try read(STDIN_FILENO) }
    let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw unopened(errno) }
    defer { close(descriptor) }
    return try read(descriptor)
  }

  private func read(_ descriptor: Int32) throws -> [UInt8] {
    var (bytes, piece): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: Self.piece))
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unopened(errno) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
      // A device or a program may never come to an end.
      guard bytes.count <= Self.most << 20 else {
        throw Failure.usage(
          "\(shown) has more than \(Self.most) MiB, or no end.", "Nothing was taken; cut it into several files.")
      }
    }
  }

  private func unopened(_ code: Int32) -> Failure {
    switch code {
    case ENOENT, ENOTDIR: .usage("\(shown) is not there.", "Check the file's name and folder.")
    case EISDIR: .usage("\(shown) is a folder, and no file.", "Name a file in it.")
    case ELOOP: .usage("\(shown) is a link that leads back to itself.", "Name the file that was meant.")
    case EACCES, EPERM: .usage("\(shown) may not be read.", "Check its permissions.")
    default: .usage("\(shown) cannot be read (\(String(cString: strerror(code)))).", "Check the file and its disk.")
    }
  }

  private var shown: String { name == "-" ? "Standard input" : "'\(TerminalSafe.line(name))'" }
}
