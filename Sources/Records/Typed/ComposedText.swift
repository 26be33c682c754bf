public import JSON

/// Tells whether text is in NFC, as all text is that a person types here.
public enum ComposedText {
  /// Whether every text in a value is.
  public static func holds(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): holds(text)
    case .array(let items): items.allSatisfy { holds($0) }
    case .object(let object): object.members.allSatisfy { holds($0.value) }
    default: true
    }
  }

  /// Whether a text is.
  public static func holds(_ text: Text) -> Bool {
    // ASCII is the same in every form.
    text.bytes.allSatisfy { $0 < 0x80 } || Text(Normalization.composed(text.string)) == text
  }
}
