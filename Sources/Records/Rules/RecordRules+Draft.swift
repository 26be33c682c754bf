import JSON
public import Sync

extension RecordRules {
  /// Checks that a record would have what every record of its kind must have, once a draft is applied.
  ///
  /// Nothing is asked of a record that lacked it before, so that old records stay editable. A person's
  /// contact needs a basis in `consent`. The owner is not asked for: the program that makes a record writes
  /// it.
  public static func checkComplete(_ draft: ChangeDraft, kind: Kind) throws(FieldError) {
    let isNew = draft.state.isEmpty
    for field in kind.fields where field.presence == .required {
      guard FieldView(field.name, draft).isEmpty(field),
        isNew || !FieldView(field.name, draft.state).isEmpty(field)
      else { continue }
      throw FieldError("\(field.name): \(kind.phrase) needs it; give \(field.help)", isMissing: true)
    }
    let isLacking = lacksConsent(FieldView("kind", draft), FieldView("consent", draft))
    let wasLacking = lacksConsent(FieldView("kind", draft.state), FieldView("consent", draft.state))
    if let consent = kind.field("consent"), isLacking, !wasLacking {
      throw FieldError("consent: a person's contact needs it; give \(consent.help)", isMissing: true)
    }
  }

  /// The required fields that a record has no value for.
  public static func missing(in state: RecordState) -> [Field] {
    if state.isErased { return [] }
    let fields = Kinds.named(state.kind)?.fields ?? []
    return fields.filter { $0.isRequired && FieldView($0.name, state).isEmpty($0) }
  }

  private static func lacksConsent(_ kind: FieldView, _ consent: FieldView) -> Bool {
    kind.value() == .string("individual") && consent.value() == nil
  }
}
