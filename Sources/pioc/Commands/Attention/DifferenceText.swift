import JSON
import Records
import Terminal

/// A difference as a person reads it: `[-what goes-]{+what comes+}`, with colour beside the signs, never instead.
///
/// A changed piece is isolated where it is written from right to left, so that the signs around it stay where they
/// belong. Of what is the same, only the words beside a change are shown.
struct DifferenceText {
  let style: Style
  /// Whether changed pieces are isolated; where the line is made safe as a whole, a mark ends what runs from the right.
  var isolates = true
  /// How many words of what is the same stand beside a change.
  private static let context = 5

  /// The difference as one line.
  func line(_ difference: TextDifference) -> String {
    let last = difference.pieces.count - 1
    return difference.pieces.enumerated().map { index, piece in
      switch piece {
      case .same(let text): shortened(TerminalSafe.line(text.string), isFirst: index == 0, isLast: index == last)
      case .changed(let old, let new): removed(old) + added(new)
      }
    }.joined()
  }

  private func removed(_ text: Text) -> String {
    text.isEmpty ? "" : style.red(signed("[-", text, "-]"))
  }

  private func added(_ text: Text) -> String {
    text.isEmpty ? "" : style.green(signed("{+", text, "+}"))
  }

  private func signed(_ opening: String, _ text: Text, _ closing: String) -> String {
    let piece = opening + TerminalSafe.line(text.string)
    return isolates ? TerminalSafe.isolated(piece + closing) : TerminalSafe.ended(piece) + closing
  }

  private func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 2 * Self.context + 2 else { return text }
    let head = isFirst ? "" : words.prefix(Self.context).joined(separator: " ") + " "
    let tail = isLast ? "" : " " + words.suffix(Self.context).joined(separator: " ")
    return head + "…" + tail
  }
}
