import JSON

/// The first row of a table: which column holds which field.
struct TableHeader {
  /// The names of the columns, as they are written.
  let names: [String]
  private let lowered: [String]
  /// The field that each column holds, by kind: it is asked for every cell.
  private let fields: [Text: [Field?]]

  init(_ cells: [[UInt8]]) {
    names = cells.map { TypedText.normalized(String(decoding: $0, as: UTF8.self)).string }
    lowered = names.map { Letters.lowered(Text($0)) }
    var fields: [Text: [Field?]] = [:]
    for kind in Kinds.all {
      let known = Self.words(kind)
      fields[kind.name] = lowered.map { known[$0] }
    }
    self.fields = fields
  }

  /// The field of a kind that a column holds.
  func field(_ column: Int, of kind: Kind) -> Field? { fields[kind.name]?[column] }

  /// A column whose name begins so is passed over.
  static let remark = "@"

  /// Whether a column is no field but says something about the record, or is passed over.
  func isNote(_ column: Int) -> Bool {
    names[column].isEmpty || names[column].hasPrefix(Self.remark)
      || RecordDocument.notes.contains(Text(lowered[column]))
  }

  /// Whether a column holds what only other systems or newer versions know.
  func isExtra(_ column: Int) -> Bool { names[column].hasPrefix("x-") }

  /// The column of a note.
  func column(_ note: String) -> Int? { names.indices.first { lowered[$0] == note } }

  /// How many of the columns are known for one of these kinds.
  func known(_ kinds: [Kind]) -> Int {
    names.indices.filter { column in
      !names[column].isEmpty && (isNote(column) || kinds.contains { field(column, of: $0) != nil })
    }.count
  }

  /// The kinds whose fields all the columns are, and whose titles are among them.
  func fitting() -> [Kind] {
    Kinds.all.filter { kind in
      names.indices.allSatisfy { isNote($0) || isExtra($0) || field($0, of: kind) != nil }
        && names.indices.contains { field($0, of: kind)?.name == kind.titleField }
    }
  }

  /// What the fields of a kind may be called: their names, and what no other field is called their options and labels.
  private static func words(_ kind: Kind) -> [String: Field] {
    var words: [String: Field] = [:]
    for field in kind.fields { words[Letters.lowered(field.name)] = field }
    for field in kind.fields {
      for word in [field.option, field.label].map({ Letters.lowered(Text($0)) }) where words[word] == nil {
        words[word] = field
      }
    }
    return words
  }
}
