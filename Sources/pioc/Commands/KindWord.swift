import JSON
import Records
import Terminal

/// A kind of records as a person names it: in the singular or in the plural.
enum KindWord {
  /// The kind that a word names, if it names one.
  static func find(_ word: String) -> Kind? {
    let wanted = word.lowercased()
    return Kinds.all.first { [$0.name.string, $0.label, $0.plural].contains(wanted) }
  }

  /// The kind that a word names.
  static func kind(_ word: String) throws -> Kind {
    guard let kind = find(word) else {
      throw Failure.usage(
        "\(Phrase.quoted(word)) is no kind of records.", "The kinds are \(Phrase.list(Kinds.all.map(\.label))).")
    }
    return kind
  }
}
