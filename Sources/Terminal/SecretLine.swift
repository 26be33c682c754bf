/// A line typed without echo, edited byte by byte as the terminal's own line discipline would.
///
/// The terminal is put into raw input for it, because a Ctrl-C handled by the terminal would end the
/// program with the echo still off.
struct SecretLine {
  /// What a byte led to.
  enum Outcome: Equatable {
    case typing, finished, cancelled, ended
  }

  private(set) var bytes: [UInt8] = []

  mutating func feed(_ byte: UInt8) -> Outcome {
    switch byte {
    case 0x0A, 0x0D: return .finished
    case 0x03: return .cancelled
    case 0x04: return bytes.isEmpty ? .ended : .finished
    case 0x08, 0x7F: dropScalar()
    case 0x15: bytes = []
    case 0..<0x20: break
    default: bytes.append(byte)
    }
    return .typing
  }

  /// Drops the last UTF-8 sequence: its continuation bytes (10xxxxxx) and the byte that leads them.
  private mutating func dropScalar() {
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
  }
}
