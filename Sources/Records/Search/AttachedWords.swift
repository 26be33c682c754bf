/// Small words that are written together with the next one: a search finds "مؤتمر" in "المؤتمر" and "Ivoire" in
/// "d'Ivoire".
///
/// What is taken off is what no reader would type: the Arabic article, alone or after "and", "in", "like" and "for", and
/// the Amharic prepositions. What is left must be long enough to be a word. A word that only looks so ("التزام") is found
/// by its end as well, which does no harm; this is no stemming, and endings stay.
enum AttachedWords {
  /// A word without what is attached before it, if there is any; both are folded.
  static func bare(_ word: some StringProtocol) -> String? {
    let prefixes: [String]
    let least: Int
    switch word.utf8.first {
    case 0xD8?, 0xD9?: (prefixes, least) = (arabic, 3)
    case 0xE1?: (prefixes, least) = (amharic, 2)
    default: return nil
    }
    guard let prefix = prefixes.first(where: { word.hasPrefix($0) }) else { return nil }
    let rest = word.dropFirst(prefix.count)
    return rest.count >= least ? String(rest) : nil
  }

  /// The words of a text that follow an apostrophe ("l'eau", "Côte d’Ivoire", "dell'Unità"), as they are written.
  static func afterApostrophes(_ text: String) -> [String] {
    guard text.utf8.contains(where: { $0 == 0x27 || $0 == 0x99 || $0 == 0xBC }) else { return [] }
    let parts = text.unicodeScalars.split(omittingEmptySubsequences: false) { apostrophes.contains($0) }
    return zip(parts, parts.dropFirst()).compactMap { before, after in
      let article = before.reversed().prefix { $0.properties.isAlphabetic }.count
      let word = after.prefix { $0.properties.isAlphabetic || $0.properties.generalCategory == .nonspacingMark }
      guard (1...longestArticle).contains(article), word.count >= shortestWord else { return nil }
      return String(String.UnicodeScalarView(word))
    }
  }

  /// Longer ones first; letters are folded, and "for" swallows the first letter of the article.
  private static let arabic = ["وبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال", "و"]
  /// About, like; of, in, for, from.
  private static let amharic = ["ስለ", "እንደ", "የ", "በ", "ለ", "ከ"]
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{02BC}"]
  /// "dell", "nell", "quel".
  private static let longestArticle = 4
  private static let shortestWord = 3
}
