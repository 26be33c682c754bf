import JSON
import Records
import Sync

/// The values of one field as lines of text.
enum FieldLines {
  /// Whether elements are shown with numbers, by which they can be removed.
  static func isNumbered(_ field: Field) -> Bool {
    if field.rule == .list { return true }
    if field.rule == .set, case .parts = field.type { return true }
    return false
  }

  /// The elements that a record shows, in their order.
  static func elements(of field: Field, in state: RecordState) -> [FieldElement] {
    if !field.isKeyed { return state.value(Path(field.name)).map { [(nil, $0)] } ?? [] }
    let present = Set(state.cells(of: field.name).compactMap(\.path.key))
    let items = RecordDocument.json(state)[field.name]?.array?.compactMap { $0["key"]?.text } ?? []
    let keys = field.rule == .list ? items : present.sorted()
    return keys.compactMap { key in state.value(Path(field.name, key)).map { (key, $0) } }
  }

  /// One line for each element; ids are replaced by the titles of the records.
  static func lines(of field: Field, in state: RecordState, _ titles: Titles) throws -> [String] {
    let elements = elements(of: field, in: state)
    return try elements.enumerated().map { index, element in
      let text = try line(element.value, key: element.key, field, titles)
      return isNumbered(field) && elements.count > 1 ? "\(index + 1). \(text)" : text
    }
  }

  /// One element as a line.
  static func line(_ value: JSON, key: Text?, _ field: Field, _ titles: Titles) throws -> String {
    if value.isNull { return "(cleared)" }
    let text = FieldText.describe(value, key: key, field: field)
    // Only a reference and an affiliation can begin with the id of a record.
    guard field.rule == .reference || field.name == "affiliations",
      let id = Text(validating: Text(text).bytes.prefix(36)).flatMap({ RecordID($0) })
    else { return text }
    let rest = String(text.dropFirst(36))
    let name = try titles.name(id)
    return rest.hasPrefix(":") ? "\(name), \(rest.dropFirst())" : name + rest
  }
}
