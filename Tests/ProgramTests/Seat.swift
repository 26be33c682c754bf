import Foundation
import Glibc
import TestKit

/// A person's seat at a terminal: a program that runs on a pseudoterminal, and what it has shown so far.
final class Seat {
  private let process: Process
  private let terminal: FileHandle
  private(set) var shown = ""

  init(_ process: Process, columns: UInt16 = 100) throws {
    // What posix_openpt(3) and its kin do; the module of the C library does not show them (ioctl_tty(2)).
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (number, unlocked): (Int32, Int32) = (0, 0)
    guard master >= 0, ioctl(master, 0x8004_5430, &number) == 0, ioctl(master, 0x4004_5431, &unlocked) == 0 else {
      throw TestError("no pseudoterminal can be had")
    }
    var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw TestError("the pseudoterminal cannot be opened") }
    let end = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    (process.standardInput, process.standardOutput, process.standardError) = (end, end, end)
    self.process = process
    terminal = FileHandle(fileDescriptor: master, closeOnDealloc: true)
    try process.run()
    try end.close()
  }

  /// Waits until a text is shown behind what was waited for before, and types an answer.
  func answer(_ question: String, _ text: String) throws {
    try wait(for: question)
    shown = ""
    try terminal.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Waits until a text is shown.
  func wait(for text: String) throws {
    while !shown.contains(text) {
      guard let more = read() else { throw TestError("'\(text)' is not shown, but: \(shown)") }
      shown += more
    }
  }

  /// All that is shown until the program ends, and its exit code.
  func end() -> (code: Int32, shown: String) {
    while let more = read() { shown += more }
    // It waits for an answer that nobody gives.
    if process.isRunning, shown.hasSuffix(": ") || shown.hasSuffix("] ") { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return (process.terminationStatus, shown)
  }

  private func read() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    var poller = pollfd(fd: terminal.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&poller, 1, 60_000) == 1 else { return nil }
    // At the end of the program Linux says EIO.
    let count = Glibc.read(terminal.fileDescriptor, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
