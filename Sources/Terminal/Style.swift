/// Whether output goes to a person's terminal, and whether it may be coloured.
///
/// Colour only adds to words that say the same: it is never the only sign.
public struct Style: Sendable, Equatable {
  /// Whether lines are laid out for a person rather than for a program.
  public let isTerminal: Bool
  /// Whether the functions below add colour.
  public let colour: Bool

  /// A style as given.
  public init(isTerminal: Bool, colour: Bool) {
    self.isTerminal = isTerminal
    self.colour = colour
  }

  /// Decides on colour: a terminal that is not dumb, unless `NO_COLOR` is set; `CLICOLOR_FORCE` wins.
  public init(isTerminal: Bool, environment: [String: String]) {
    let forced = environment["CLICOLOR_FORCE"].map { !$0.isEmpty && $0 != "0" } ?? false
    let declined = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    self.init(isTerminal: isTerminal, colour: forced || (isTerminal && !declined))
  }

  /// For pipes and files.
  public static let plain = Style(isTerminal: false, colour: false)

  /// Bold text.
  public func bold(_ text: String) -> String { wrap(text, "1", "22") }

  /// Faint text.
  public func dim(_ text: String) -> String { wrap(text, "2", "22") }

  /// Red text.
  public func red(_ text: String) -> String { wrap(text, "31", "39") }

  /// Green text.
  public func green(_ text: String) -> String { wrap(text, "32", "39") }

  /// Yellow text.
  public func yellow(_ text: String) -> String { wrap(text, "33", "39") }

  /// Cyan text.
  public func cyan(_ text: String) -> String { wrap(text, "36", "39") }

  /// Each attribute is ended by its own code, so that styles nest (ECMA-48, SGR).
  private func wrap(_ text: String, _ on: String, _ off: String) -> String {
    colour && !text.isEmpty ? "\u{1B}[\(on)m\(text)\u{1B}[\(off)m" : text
  }
}
