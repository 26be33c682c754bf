import JSON

/// The values of a field as one cell of a table.
///
/// Values are written as people type them, a line each. What would not read back as the very same values is written as
/// JSON with `json:` in front, so that no value is ever changed by an export and an import.
enum TableCell {
  static let mark = Array("json:".utf8)

  /// The cell for what a field holds; empty for nothing.
  static func text(_ elements: [FieldElement], _ field: Field) -> [UInt8] {
    if elements.isEmpty { return [] }
    let texts = elements.map { line(FieldText.describe($0.value, key: $0.key, field: field), field) }
    let cell = Array(texts.joined(separator: "\n").utf8)
    guard let read = try? self.elements(cell, field), !cell.starts(with: mark), isEqual(read, elements, field) else {
      return mark + FieldJSON.member(elements, field).canonical()
    }
    return cell
  }

  /// The member of a document that a cell says; `nil` where it says nothing.
  static func member(_ cell: [UInt8], _ field: Field) throws(FieldError) -> JSON? {
    if TypedText.trimmed(cell[...]).isEmpty { return nil }
    if cell.starts(with: mark) { return try json(cell, field.name) }
    return FieldJSON.member(try elements(cell, field), field)
  }

  /// The JSON of a cell that is marked so.
  static func json(_ cell: [UInt8], _ name: Text) throws(FieldError) -> JSON {
    do { return try JSON.parse(cell[mark.count...]) } catch {
      throw FieldError("\(name): what follows 'json:' is not valid JSON")
    }
  }

  private static func elements(_ cell: [UInt8], _ field: Field) throws(FieldError) -> [FieldElement] {
    let text = String(decoding: cell, as: UTF8.self)
    guard field.isKeyed else { return try FieldText.parse([text], for: field) }
    let lines = cell.withoutCarriageReturns.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    return try FieldText.parse(lines.map { unescaped($0, field) }, for: field)
  }

  /// The items of a list may have several lines; in a cell these are written `\n`.
  private static func line(_ text: String, _ field: Field) -> String {
    guard field.rule == .list else { return text }
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": line += "\\n"
      case "\\": line += "\\\\"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  private static func unescaped(_ line: String, _ field: Field) -> String {
    guard field.rule == .list else { return line }
    var text = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped, scalar == "n" || scalar == "\\" {
        text.removeLast()
        text.append(scalar == "n" ? "\n" : "\\")
        isEscaped = false
      } else {
        text.append(scalar)
        isEscaped = scalar == "\\"
      }
    }
    return String(text)
  }

  private static func isEqual(_ a: [FieldElement], _ b: [FieldElement], _ field: Field) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { x, y in
        (field.rule == .list || x.key == y.key) && x.value.canonical() == y.value.canonical()
      }
  }
}
