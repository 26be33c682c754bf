public import JSON
public import Sync

/// For whose eyes an export is: what it may hold of a record.
public enum ExportCeiling: String, Hashable, Sendable, CaseIterable {
  /// For everyone: records that are marked public, and of these nothing that could harm a person.
  case `public`
  /// For members of the network: all that a replica shows.
  case network

  /// Whether a record may be in the export at all.
  ///
  /// A person's contact is as public as the record and the person's consent are, whichever says less.
  public func admits(_ state: RecordState) -> Bool {
    if state.isEmpty || state.isErased || state.isDeleted { return false }
    if self == .network { return true }
    guard state.value("visibility") == "public" else { return false }
    if state.kind != "contact" || state.value("kind") == "org" || state.value("kind") == "group" { return true }
    let consent = state.value("consent")
    return consent?["scope"] == "public" && consent?["withdrawnOn"] == nil
  }

  /// The fields of a record that are left out, each as a whole, so that a file that is imported again takes nothing away.
  ///
  /// - Parameters:
  ///   - state: a record that is admitted.
  ///   - isAdmitted: whether a record that it refers to is admitted too; its mere id would tell that it is there.
  public func omitted(of state: RecordState, isAdmitted: (RecordID) -> Bool) -> Set<Text> {
    guard self == .public, let kind = Kinds.named(state.kind) else { return [] }
    var omitted = Self.neverPublic.union(RecordDocument.unknownFields(of: state, kind))
    for field in kind.fields {
      let targets = FieldView(field.name, state).elements(field).flatMap { Self.targets($0, field) }
      if !targets.allSatisfy(isAdmitted) { omitted.insert(field.name) }
    }
    return omitted.filter { !state.cells(of: $0).isEmpty }
  }

  /// Links to join, dial-in codes, telephones, consent and notes: never for everyone, whatever the record is marked as.
  private static let neverPublic: Set<Text> = ["joinLinks", "phones", "online", "consent", "note"]

  /// The records that a value names.
  private static func targets(_ element: FieldElement, _ field: Field) -> [RecordID] {
    switch (field.rule, field.type) {
    case (.reference, _): element.key.flatMap { ReferenceKey($0)?.target }.map { [$0] } ?? []
    case (_, .authors): (element.value.array ?? []).compactMap { $0["ref"]?.text.flatMap { RecordID($0) } }
    case (.set, .parts):
      (element.key.flatMap { try? JSON.parse($0.bytes) }?["org"]?.text.flatMap { RecordID($0) }).map { [$0] } ?? []
    default: []
    }
  }
}
