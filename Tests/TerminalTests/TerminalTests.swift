import Dispatch
import Glibc
import Testing

@testable import Terminal

@Suite("The real descriptors")
struct TerminalTests {
  @Test("a pipe is no terminal, and COLUMNS or 80 stands for its width")
  func pipe() throws {
    let (reader, writer) = try openPipe()
    defer { _ = (close(reader), close(writer)) }
    #expect(!Terminal.isTerminal(writer))
    #expect(Terminal.style(of: writer, environment: [:]) == .plain)
    let widths = [nil, "120", "0", "-5", "wide", "99999999999999999999"].map { columns in
      Terminal.width(environment: columns.map { ["COLUMNS": $0] } ?? [:], descriptor: writer)
    }
    #expect(widths == [80, 120, 80, 80, 80, 80])
  }

  @Test("writing to a closed pipe returns false and kills nobody")
  func brokenPipe() throws {
    Terminal.ignoreBrokenPipe()
    let (reader, writer) = try openPipe()
    defer { close(writer) }
    // The wrong end answers as a closed descriptor does (write(2), EBADF); the number of one that is closed may be
    // another test's by then.
    #expect(!Terminal.write("text", to: reader))
    close(reader)
    #expect(!Terminal.write("text", to: writer))
    #expect(Terminal.write("", to: -1))
  }

  @Test("everything is written to a non-blocking pipe smaller than the text")
  func partialWrites() throws {
    let (reader, writer) = try openPipe()
    defer { _ = close(reader) }
    #expect(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
    let text = String(repeating: "ገበያ ", count: 50_000)
    // A queue of its own: the other end must not wait for a thread of the tests.
    DispatchQueue(label: "writer").async {
      if Terminal.write(text, to: writer) { Terminal.write("!", to: writer) }
      close(writer)
    }
    let received = drain(reader)
    #expect(received.count == text.utf8.count + 1)
    let isWhole = received == Array((text + "!").utf8)
    #expect(isWhole)
  }

  @Test("a secret is read from a terminal without echo, which comes back afterwards")
  func secret() throws {
    let (keyboard, terminal) = try openTerminal()
    defer { _ = (close(keyboard), close(terminal)) }
    DispatchQueue(label: "typist").async { typeAfterPrompt("s3cret\u{7F}T\r", on: keyboard) }
    #expect(Terminal.readSecret(prompt: "Token: ", input: terminal, output: terminal) == "s3creT")
    var settings = termios()
    #expect(tcgetattr(terminal, &settings) == 0)
    #expect(settings.c_lflag & tcflag_t(ECHO) != 0)
    #expect(settings.c_lflag & tcflag_t(ICANON) != 0)
    #expect(fcntl(keyboard, F_SETFL, O_NONBLOCK) == 0)
    #expect(String(decoding: drain(keyboard), as: UTF8.self) == "\r\n")
  }

  @Test("a terminal is known as one, and its own width counts")
  func terminal() throws {
    let (keyboard, terminal) = try openTerminal()
    defer { _ = (close(keyboard), close(terminal)) }
    #expect(Terminal.isTerminal(terminal))
    #expect(Terminal.style(of: terminal, environment: [:]) == Style(isTerminal: true, colour: true))
    #expect(Terminal.width(environment: ["COLUMNS": "10"], descriptor: terminal) == 10)
    var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(Terminal.width(environment: ["COLUMNS": "10"], descriptor: terminal) == 132)
  }

  /// A pseudo-terminal (pty(7)); the macros for its two ioctls are not imported into Swift.
  private func openTerminal() throws -> (keyboard: Int32, terminal: Int32) {
    let keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(keyboard >= 0)
    var (locked, number) = (Int32(0), Int32(0))
    try #require(ioctl(keyboard, 0x4004_5431 /* TIOCSPTLCK */, &locked) == 0)
    try #require(ioctl(keyboard, 0x8004_5430 /* TIOCGPTN */, &number) == 0)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    return (keyboard, terminal)
  }

  private func openPipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    return (ends[0], ends[1])
  }
}

/// Reads until the end of the file or of what is there.
private func drain(_ descriptor: Int32) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return bytes }
    bytes += buffer.prefix(count)
  }
}

/// Waits for the prompt, since what is typed before it is flushed, and types.
private func typeAfterPrompt(_ text: String, on keyboard: Int32) {
  var buffer = [UInt8](repeating: 0, count: 64)
  var seen: [UInt8] = []
  while !seen.contains(UInt8(ascii: ":")) {
    let count = read(keyboard, &buffer, buffer.count)
    guard count > 0 else { return }
    seen += buffer.prefix(count)
  }
  Terminal.write(text, to: keyboard)
}
