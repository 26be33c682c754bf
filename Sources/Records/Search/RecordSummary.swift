public import JSON
public import Sync

/// What lists show of a record.
public struct RecordSummary: Hashable, Sendable {
  /// The kind of the record.
  public let kind: Text
  /// The title or the full name; empty for a record that has none or was erased.
  public let title: String
  /// The time of an event, the function of a contact, authors and date of a publication; may be empty.
  public let subtitle: String

  /// The summary of a state.
  public static func of(_ state: RecordState) -> RecordSummary {
    RecordSummary(kind: state.kind, title: title(of: state), subtitle: subtitle(state))
  }

  /// The title or the full name of a record alone; empty for one that has none or was erased.
  public static func title(of state: RecordState) -> String {
    let field = Kinds.named(state.kind)?.titleField ?? "title"
    let value = state.value(Path(field))
    return (value?.text ?? value?["full"]?.text)?.string ?? ""
  }

  private static func subtitle(_ state: RecordState) -> String {
    switch state.kind {
    case "event": describe("when", state)
    case "contact": function(state)
    case "publication":
      [describe("authors", state), describe("issued", state)].filter { !$0.isEmpty }.joined(separator: ", ")
    default: ""
    }
  }

  /// Title and area of the first affiliation, and the organisation where it is not a mere id.
  private static func function(_ state: RecordState) -> String {
    guard let key = FieldView("affiliations", state).keys().first, let element = try? JSON.parse(key.bytes)
    else {
      return ""
    }
    let organisation = element["org"]?.text.flatMap { ReferenceKey.isTarget($0) ? nil : $0 }
    return [element["title"]?.text, element["area"]?.text, organisation].compactMap { $0?.string }
      .joined(separator: ", ")
  }

  /// Bytes that sort by the record's date (`2020-02-04`, `2019-12`); `nil` if it has none.
  public static func dateKey(of state: RecordState) -> Text? {
    switch state.kind {
    case "event":
      guard let object = state.value(Path("when"))?.object else { return nil }
      return (try? EventTime(object))?.sortKey
    case "publication": return state.value(Path("issued"))?.text.flatMap { PartialDate.sortKey($0) }
    default: return nil
    }
  }

  private static func describe(_ name: Text, _ state: RecordState) -> String {
    guard let field = Kinds.named(state.kind)?.field(name), let value = state.value(Path(name)) else {
      return ""
    }
    return FieldText.describe(value, key: nil, field: field)
  }
}
