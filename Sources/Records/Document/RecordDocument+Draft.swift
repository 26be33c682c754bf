public import JSON
public import Sync

extension RecordDocument {
  /// Writes what a document says into a draft, and only what differs from what is there: a document that says
  /// what the state says already makes no operation.
  ///
  /// A set or list that is given replaces the whole one, by adding and dropping the difference. A record that
  /// is new gets the values that it has unless told otherwise. Nothing is written if an error is thrown.
  ///
  /// - Parameters:
  ///   - document: the members; notes such as `id` and `deleted`, and names that begin with `@` do not count.
  ///   - kind: the kind of the record.
  ///   - draft: where the operations go.
  ///   - itemKey: makes a random key for a new item of a list: 1 to 64 letters and digits.
  ///   - updating: whether members that are absent stay as they are; otherwise they are cleared, but for
  ///     fields that a record cannot be without and fields that only a newer version knows.
  /// - Throws: what the table does not allow, in one sentence.
  public static func draft(
    _ document: JSONObject, kind: Kind, into draft: inout ChangeDraft, itemKey: () -> Text, updating: Bool
  ) throws(FieldError) {
    if draft.state.isErased { throw FieldError("the record was erased for good; make a new one instead") }
    try checkNotes(document, kind, draft)
    try checkNames(document, kind, draft)
    var result = draft
    for field in kind.fields {
      if let member = document[field.name] {
        let elements = try FieldJSON.elements(member, field)
        try FieldEdit.replace(field, with: elements, in: &result, itemKey: itemKey)
      } else if !updating, !field.isRequired {
        try FieldEdit.replace(field, with: [], in: &result, itemKey: itemKey)
      }
    }
    if draft.state.isEmpty { FieldEdit.addDefaults(of: kind, in: &result) }
    try RecordRules.checkComplete(result, kind: kind)
    draft = result
  }

  private static func checkNotes(_ document: JSONObject, _ kind: Kind, _ draft: ChangeDraft)
    throws(FieldError)
  {
    if let record = document["record"], record != .string(kind.name) {
      throw FieldError("record: the document is of another kind than '\(kind.name)'")
    }
    if let id = document["id"], id != .string(draft.state.record.text) {
      throw FieldError(
        "id: the document is of another record; leave it out, or give a foreign id in 'sourceIds'")
    }
  }

  /// Refuses names that are no fields, as they are mistakes far more often than fields of a newer version.
  private static func checkNames(_ document: JSONObject, _ kind: Kind, _ draft: ChangeDraft)
    throws(FieldError)
  {
    for member in document where kind.field(member.key) == nil {
      if notes.contains(member.key) || member.key.bytes.first == UInt8(ascii: "@") { continue }
      if let shown = unknown(member.key, draft.state), shown.canonical() == member.value.canonical() {
        continue
      }
      let names = kind.fields.map(\.name.string).joined(separator: ", ")
      let isName = (1...Limits.fieldBytes).contains(member.key.count) && Field.isItemKey(member.key)
      throw FieldError(
        "\(isName ? "'\(member.key)'" : "a member") is no field of \(kind.phrase); they are \(names)")
    }
  }
}
