import JSON
public import Sync

/// Text folded for searching: what differs only in case, accents, invisible characters or punctuation is
/// equal.
///
/// Keys and values are never folded; "Bogotá" and "Bogota" stay two values that one search finds.
public enum SearchText {
  /// The folded form of a text: words divided by single blanks.
  ///
  /// Runs of ASCII are folded byte by byte: normalization changes nothing in them, nor across their ends, since every ASCII
  /// character is a starter that nothing is put in order beyond (UAX 15 §3, D108 of the Unicode Standard).
  public static func fold(_ text: String) -> String {
    var folded = FoldedText()
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        if bytes[start] < 0x80 {
          folded.append(FoldedScalar.folded(bytes[start]))
          start += 1
          continue
        }
        var end = start + 1
        while end < bytes.count, bytes[end] >= 0x80 { end += 1 }
        for scalar in Normalization.decomposed(String(decoding: bytes[start..<end], as: UTF8.self)) {
          folded.append(FoldedScalar(scalar))
        }
        start = end
      }
    }
    return folded.string
  }

  /// Typed words in small letters, parted by single blanks; signs stay.
  static func spaced(_ text: String) -> String {
    text.lowercased().split { $0 == " " || $0 == "," || $0 == "\t" || $0 == "\u{A0}" }.joined(separator: " ")
  }

  /// The words of a query, folded, each once; a record is found if its text holds all of them.
  public static func terms(_ query: String) -> [String] {
    var seen: Set<String> = []
    return fold(query).split(separator: " ").map(String.init).filter { seen.insert($0).inserted }
  }

  /// What a word of a query is looked for as: itself, and without what is attached before it (``AttachedWords``).
  public static func forms(of term: String) -> [String] { [term] + (AttachedWords.bare(term).map { [$0] } ?? []) }

  /// The words of a text, folded; after them those that are written together with a small word before them, without it.
  public static func words(of text: String) -> [Substring] { indexed(text).split(separator: " ") }

  /// A text, folded, with the words of ``AttachedWords`` at its end, where they tear no phrase apart.
  private static func indexed(_ text: String) -> String {
    let folded = fold(text)
    var more = Set(AttachedWords.afterApostrophes(text).map(fold))
    if folded.utf8.contains(where: { $0 >= 0xD8 }) {
      more.formUnion(folded.split(separator: " ").compactMap { AttachedWords.bare($0) })
    }
    return more.isEmpty ? folded : folded + " " + more.sorted().joined(separator: " ")
  }

  /// All that a search looks at in a record, folded; nothing of one that was erased.
  ///
  /// Links to join, consent, foreign ids and references are left out.
  public static func of(_ state: RecordState) -> String {
    if state.isErased { return "" }
    var texts: [String] = []
    for field in Kinds.named(state.kind)?.fields ?? [] where field.isSearched {
      let view = FieldView(field.name, state)
      if let value = view.value() { collect(value, into: &texts) }
      guard field.isKeyed else { continue }
      for key in field.rule == .list ? view.itemKeys() : view.keys() {
        collect(key, of: field, into: &texts)
        if let value = view.value(key) { collect(value, into: &texts) }
      }
    }
    return indexed(texts.joined(separator: "\n"))
  }

  private static func collect(_ key: Text, of field: Field, into texts: inout [String]) {
    switch (field.rule, field.type) {
    case (.set, .parts): if let element = try? JSON.parse(key.bytes) { collect(element, into: &texts) }
    case (.set, _): texts.append(key.string)
    default: break
    }
  }

  /// The texts in a value; the id of another record is none that a person would look for.
  private static func collect(_ value: JSON, into texts: inout [String]) {
    switch value {
    case .string(let text): if !ReferenceKey.isTarget(text) { texts.append(text.string) }
    case .array(let array): for element in array { collect(element, into: &texts) }
    case .object(let object): for member in object { collect(member.value, into: &texts) }
    case .null, .bool, .int, .number: break
    }
  }
}
