import Foundation
import JSON
import Records
import Replica
import Store
import Sync

/// Puts whole ids in the place of beginnings that a person typed in a field that refers to records.
struct TypedReferences {
  let replica: LocalReplica

  /// The kinds that fields refer to, so that a beginning need only be clear among these.
  private static let targets: [Text: Kind] = [
    "participants": Kinds.contact, "relatedEvents": Kinds.event, "relatedPublications": Kinds.publication,
  ]

  /// The kind that a field refers to; `nil` for any.
  static func target(of field: Field) -> Kind? { targets[field.name] }

  /// What was typed, with whole ids.
  func resolved(_ text: String, _ field: Field) throws -> String {
    if field.rule == .reference { return try reference(text, Self.targets[field.name]) }
    return field.name == "affiliations" ? try affiliation(text) : text
  }

  /// `3f2a:speaker` or `3f2a/speaker`; a whole id may be of a record that is not here.
  private func reference(_ text: String, _ kind: Kind?) throws -> String {
    let end = text.firstIndex { $0 == ":" || $0 == "/" } ?? text.endIndex
    let target = text[..<end].trimmingCharacters(in: .whitespacesAndNewlines)
    guard !target.isEmpty, RecordID(Text(target.lowercased())) == nil else { return text }
    return try Lookup(replica: replica).record(target, kind: kind).state.record.description + text[end...]
  }

  /// An organisation's id or name comes first; only what can hardly be a name is taken for the beginning of
  /// an id.
  private func affiliation(_ text: String) throws -> String {
    let start = text.hasPrefix("org=") ? text.index(text.startIndex, offsetBy: 4) : text.startIndex
    let end = text[start...].firstIndex(of: ";") ?? text.endIndex
    let word = text[start..<end].trimmingCharacters(in: .whitespacesAndNewlines)
    guard word.utf8.count >= 4, word.contains(where: \.isNumber), RecordID(Text(word)) == nil else {
      return text
    }
    do {
      let id = try replica.find(prefix: word, kind: Kinds.contact.name).state.record
      return text[..<start] + id.description + text[end...]
    } catch ReplicaError.noSuchRecord(_) {
      return text
    }
  }
}
