import JSON

/// Lines that wait to be written, up to so many bytes; more are not kept but counted.
///
/// It knows no clock and no file: times are Unix milliseconds.
struct LineBuffer {
  private let capacity: Int
  private var bytes: [UInt8] = []
  private var lines: Int64 = 0
  /// What was taken and is not written yet; it takes room too.
  private var taken: (bytes: Int, lines: Int64) = (0, 0)
  /// Those that were not kept since this was last told.
  private var untold: Int64 = 0
  /// Whether the last writing failed, maybe in the middle of a line.
  private var isTorn = false

  /// How many lines were lost so far.
  private(set) var lost: Int64 = 0

  init(capacity: Int) { self.capacity = capacity }

  /// Whether there is nothing to write.
  var isEmpty: Bool { bytes.isEmpty && untold == 0 }

  /// Keeps a line if there is room for it.
  mutating func add(_ line: [UInt8], now: Int64) {
    let notice = untold > 0 ? Self.notice(untold, now: now) : []
    guard taken.bytes + bytes.count + notice.count + line.count <= capacity else {
      untold += 1
      lost += 1
      return
    }
    if untold > 0 { tell(notice) }
    bytes += line
    lines += 1
  }

  /// Takes all that waits, for ``written(_:)``.
  mutating func take(now: Int64) -> [UInt8] {
    if untold > 0 { tell(Self.notice(untold, now: now)) }
    taken = (bytes.count, lines)
    defer { (bytes, lines) = ([], 0) }
    // A line that was cut short must not spoil the next one.
    return isTorn && !bytes.isEmpty ? [0x0A] + bytes : bytes
  }

  /// Takes note of what became of the lines taken; those of a writing that failed count as lost.
  mutating func written(_ isWhole: Bool) {
    if !isWhole {
      untold += taken.lines
      lost += taken.lines
    }
    isTorn = !isWhole
    taken = (0, 0)
  }

  private mutating func tell(_ notice: [UInt8]) {
    bytes += notice
    untold = 0
  }

  private static func notice(_ count: Int64, now: Int64) -> [UInt8] {
    JSON.object(["time": .int(now), "lost": .int(count)]).write() + [0x0A]
  }
}
