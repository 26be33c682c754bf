import JSON
import Records
import Terminal

/// A kind of records as a person names it: in the singular or in the plural.
enum KindWord {
  static func kind(_ word: String) throws -> Kind {
    let wanted = word.lowercased()
    guard let kind = Kinds.all.first(where: { [$0.name.string, $0.label, $0.plural].contains(wanted) }) else {
      throw Failure.usage(
        "\(Phrase.quoted(word)) is no kind of records.", "The kinds are \(Phrase.list(Kinds.all.map(\.label))).")
    }
    return kind
  }
}
