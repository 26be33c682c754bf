internal import Glibc

/// The real descriptors: the only part of this module that touches the terminal.
public enum Terminal {
  /// Whether the descriptor is a terminal.
  public static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// How to write to the descriptor.
  public static func style(of descriptor: Int32, environment: [String: String]) -> Style {
    Style(isTerminal: isTerminal(descriptor), environment: environment)
  }

  /// The terminal's columns, or else `COLUMNS`, or else 80.
  public static func width(environment: [String: String], descriptor: Int32 = 1) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), (1...10_000).contains(columns) {
      return columns
    }
    return 80
  }

  /// Makes writing to a closed pipe an error instead of a deadly signal; call it once at the start.
  public static func ignoreBrokenPipe() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Writes all of the text; false if the reader is gone or the disk is full.
  @discardableResult
  public static func write(_ text: String, to descriptor: Int32 = 1) -> Bool {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes all of the bytes; false if the reader is gone or the disk is full.
  @discardableResult
  public static func write(_ bytes: [UInt8], to descriptor: Int32 = 1) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if written == 0 {
          return false
        } else if errno == EAGAIN {
          // Another program may have left the shared descriptor non-blocking.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Asks on standard error and reads a line; nil at the end of input.
  ///
  /// A pipe is read without asking.
  public static func readLine(prompt: String) -> String? {
    if isTerminal(0) { write(prompt, to: 2) }
    return Swift.readLine(strippingNewline: true)
  }

  /// Asks for a secret and reads it without echo; nil at the end of input.
  ///
  /// A pipe is read without asking. Ctrl-C gives the echo back and then interrupts the program as usual.
  public static func readSecret(prompt: String) -> String? {
    guard isTerminal(0) else { return Swift.readLine(strippingNewline: true) }
    return readSecret(prompt: prompt, input: 0, output: 2)
  }

  static func readSecret(prompt: String, input: Int32, output: Int32) -> String? {
    var saved = termios()
    guard tcgetattr(input, &saved) == 0 else { return nil }
    var silent = saved
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    withUnsafeMutableBytes(of: &silent.c_cc) { ($0[Int(VMIN)], $0[Int(VTIME)]) = (1, 0) }
    guard tcsetattr(input, TCSAFLUSH, &silent) == 0 else { return nil }
    // Asked only now, so that nothing typed after the question can be echoed.
    write(prompt, to: output)
    var line = SecretLine()
    let outcome = fill(&line, from: input)
    _ = tcsetattr(input, TCSAFLUSH, &saved)
    write("\n", to: output)
    if outcome == .cancelled { _ = raise(SIGINT) }
    return outcome == .finished ? String(decoding: line.bytes, as: UTF8.self) : nil
  }

  private static func fill(_ line: inout SecretLine, from input: Int32) -> SecretLine.Outcome {
    while true {
      var byte: UInt8 = 0
      let count = read(input, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return .ended }
      let outcome = line.feed(byte)
      if outcome != .typing { return outcome }
    }
  }
}
