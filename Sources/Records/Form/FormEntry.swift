import JSON

/// One value of a record as the text of a form shows it.
struct FormEntry {
  let field: Field
  /// The element that the text stands for.
  let element: FieldElement
  let text: String
}

/// One value as it stands in a form that a person has edited.
struct FormLine {
  /// What stands before the colon.
  let name: String
  /// What stands behind it, or between the marks of a block.
  let text: String
  /// The line that it begins on, from 1.
  let line: Int
}
