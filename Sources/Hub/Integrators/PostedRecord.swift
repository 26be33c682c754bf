package import JSON
import Records
package import Sync

/// One record as an integrator posts it: a document, and what it says about which record is meant.
package struct PostedRecord: Sendable {
  /// The kind that it names.
  package let kind: Text?
  /// Our id, if it names one.
  package let id: RecordID?
  /// The ids that other systems gave it, the first one before the others.
  package let sources: [Text]
  /// Whether it is to be deleted.
  package let isDeleted: Bool
  /// The members that are fields of the kind, or the hub's to read.
  package let document: JSONObject
  /// The members of the integrator's own, whose names begin with `x-`.
  package let extras: [JSONMember]
  /// Members that a document has when it is read and that are no fields: who posts it again need not take them out.
  static let passedOver: Set<Text> = ["seq", "conflicts", "erased", "created", "updated", "by"]

  /// Reads an element of the list; throws a ``Rejection`` of this record alone.
  init(_ json: JSON) throws(Rejection) {
    guard let object = json.object else { throw Rejection(.badRequest, "it is not an object") }
    guard json.isCanonicalizable else {
      throw Rejection(.badNumber, "numbers are integers within ±(2^53 - 1); write others as text")
    }
    kind = try Self.text("record", object)
    var id: RecordID?
    if let text = try Self.text("id", object) {
      guard let known = RecordID(text) else {
        throw Rejection(.invalidField, "id: it is not a UUID in lower case; give an id of your own in 'sourceIds'")
      }
      id = known
    }
    self.id = id
    sources = (object["sourceIds"]?.array ?? []).compactMap(\.text)
    isDeleted = try Self.isDeleted(object["deleted"] ?? .null)
    document = JSONObject(object.filter { !Self.isExtra($0.key) && !Self.passedOver.contains($0.key) })
    extras = object.filter { Self.isExtra($0.key) }
    for extra in extras where !Path(extra.key).isWellFormed {
      throw Rejection(.invalidField, "a member that begins with 'x-' has a name of letters, digits, '-' and '_'")
    }
  }

  private static func isDeleted(_ json: JSON) throws(Rejection) -> Bool {
    if json.isNull { return false }
    // Who writes "true" as a text means it, and must not believe that it was done.
    guard let isDeleted = json.boolean else { throw Rejection(.invalidField, "deleted: it is not true or false") }
    return isDeleted
  }

  private static func text(_ name: Text, _ object: JSONObject) throws(Rejection) -> Text? {
    guard let json = object[name] else { return nil }
    guard let text = json.text else { throw Rejection(.invalidField, "\(name): it is not a text") }
    return text
  }

  private static func isExtra(_ name: Text) -> Bool { name.bytes.starts(with: Array("x-".utf8)) }
}
