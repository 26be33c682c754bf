import Terminal

/// Two texts in two columns of a terminal.
enum SideBySide {
  /// The fewest columns of a terminal at which two texts stand beside each other rather than one below the other.
  static let leastWidth = 72
  private static let gap = 3

  /// The lines of two blocks, whose own lines are wrapped to half of the width.
  static func lines(_ left: [String], _ right: [String], width: Int, margin: Int) -> [String] {
    let room = (width - margin - gap) / 2
    let (a, b) = (wrapped(left, room), wrapped(right, room))
    return (0..<max(a.count, b.count)).map { index in
      let first = a.indices.contains(index) ? a[index] : ""
      let second = b.indices.contains(index) ? b[index] : ""
      let blanks = String(repeating: " ", count: second.isEmpty ? 0 : max(0, room - DisplayWidth.of(first)) + gap)
      return String(repeating: " ", count: margin) + TerminalSafe.isolated(first) + blanks
        + TerminalSafe.isolated(second)
    }
  }

  /// A line longer than its column is cut where it has no blank.
  private static func wrapped(_ lines: [String], _ room: Int) -> [String] {
    lines.flatMap { TextWrap.lines($0, width: room) }.flatMap { line -> [String] in
      var pieces: [String] = []
      var rest = Substring(line)
      while DisplayWidth.of(String(rest)) > room {
        var (end, width) = (rest.startIndex, 0)
        while end < rest.endIndex, width + DisplayWidth.of(rest[end]) <= room {
          width += DisplayWidth.of(rest[end])
          end = rest.index(after: end)
        }
        pieces.append(String(rest[..<end]))
        rest = rest[end...]
      }
      return pieces + [String(rest)]
    }
  }
}
