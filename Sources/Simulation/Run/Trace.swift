/// What happened in a world, in words, with a hash by which two runs can be compared.
public struct Trace: Sendable {
  private var lines: [String] = []
  /// FNV-1a over all lines, those that are not kept included.
  public private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let kept = 400

  init() {}

  /// The last things that happened.
  public var last: ArraySlice<String> { lines.suffix(80) }

  mutating func add(_ line: String) {
    for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0x0A) &* 0x100_0000_01B3
    lines.append(line)
    if lines.count > 2 * Self.kept { lines.removeFirst(Self.kept) }
  }
}
