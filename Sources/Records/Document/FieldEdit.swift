public import JSON
public import Sync

/// Writes values of one field into a draft, and only what differs from what the draft would leave there.
///
/// Elements come from ``FieldText/parse(_:for:)-(String,_)`` or from a document. Each is checked first, so
/// that a draft never holds what a hub would refuse.
public enum FieldEdit {
  /// Makes the field hold these elements and no others; none of them clears it.
  public static func replace(
    _ field: Field, with elements: [FieldElement], in draft: inout ChangeDraft, itemKey: () -> Text
  ) throws(FieldError) {
    let view = FieldView(field.name, draft)
    try check(elements, of: field, view, record: draft.state.record)
    if elements.isEmpty, field.isRequired, !view.isEmpty(field) {
      throw FieldError("\(field.name): it cannot be cleared; give \(field.help)")
    }
    switch field.rule {
    case .plain, .composite:
      if elements.isEmpty, view.value() != nil { draft.put(Path(field.name), .null) }
      if let element = elements.last { put(element.value, nil, view, in: &draft) }
    case .set, .reference:
      let wanted = Set(elements.compactMap(\.key))
      for element in elements { put(element.value, element.key, view, in: &draft) }
      for key in view.keys() where !wanted.contains(key) { draft.drop(Path(field.name, key)) }
    case .list:
      try ListEdit.replace(view, with: elements, in: &draft, itemKey: itemKey)
    }
  }

  /// Adds elements to a field with keys, items at the end of a list, authors after the others; the value of
  /// any other field is replaced.
  public static func add(
    _ elements: [FieldElement], to field: Field, in draft: inout ChangeDraft, itemKey: () -> Text
  ) throws(FieldError) {
    let view = FieldView(field.name, draft)
    switch field.rule {
    case .plain, .composite:
      if field.type == .authors, let authors = view.value()?.array {
        let all = authors + elements.flatMap { $0.value.array ?? [] }
        return try replace(field, with: [(nil, .array(all))], in: &draft, itemKey: itemKey)
      }
      try replace(field, with: elements, in: &draft, itemKey: itemKey)
    case .set, .reference:
      try check(elements, of: field, view, record: draft.state.record)
      let elements = field.isCaseFolded ? unfolded(elements, view) : elements
      try checkCount(Set(elements.compactMap(\.key)).union(view.keys()).count, of: field)
      for element in elements { put(element.value, element.key, view, in: &draft) }
    case .list:
      let items = view.itemKeys().map { (key: Text?.some($0), value: view.value($0) ?? .null) }
      // An item that is added is a new one, even where the list holds an equal one already.
      let new = elements.map { (key: Text?.some($0.key ?? itemKey()), value: $0.value) }
      try replace(field, with: items + new, in: &draft, itemKey: itemKey)
    }
  }

  /// Removes elements: from a set by key, references without a role in all roles, items of a list by key or
  /// by equal value.
  public static func remove(
    _ elements: [FieldElement], from field: Field, in draft: inout ChangeDraft
  ) throws(FieldError) {
    guard field.isKeyed else {
      throw FieldError("\(field.name): it holds one value; clear it instead of removing from it")
    }
    for element in elements {
      let view = FieldView(field.name, draft)
      let found = view.keys().filter { matches($0, element, field, view) }
      guard !found.isEmpty else { throw FieldError("\(field.name): there is no such element to remove") }
      for key in found { drop(key, view, in: &draft) }
    }
  }

  /// Gives a record the values that it has unless told otherwise, where it has none.
  public static func addDefaults(of kind: Kind, in draft: inout ChangeDraft) {
    for field in kind.fields {
      guard case .standard(let value) = field.presence, FieldView(field.name, draft).isEmpty(field) else {
        continue
      }
      draft.put(Path(field.name), value)
    }
  }

  static func put(_ value: JSON, _ key: Text?, _ view: FieldView, in draft: inout ChangeDraft) {
    if let old = view.value(key), old.canonical() == value.canonical() { return }
    draft.put(Path(view.name, key), value)
  }

  /// Removes an element, and the position of an item with it.
  static func drop(_ key: Text, _ view: FieldView, in draft: inout ChangeDraft) {
    draft.drop(Path(view.name, key))
    if view.hasPosition(key) { draft.drop(.position(of: view.name, item: key)) }
  }

  /// Those elements that are not there in other letters already: in the case in which somebody wrote them first.
  private static func unfolded(_ elements: [FieldElement], _ view: FieldView) -> [FieldElement] {
    var known = Set(view.keys().map(folded))
    return elements.filter { element in element.key.map { known.insert(folded($0)).inserted } ?? true }
  }

  private static func folded(_ key: Text) -> String { key.string.lowercased() }

  private static func matches(_ key: Text, _ element: FieldElement, _ field: Field, _ view: FieldView) -> Bool {
    guard let wanted = element.key else { return view.value(key)?.canonical() == element.value.canonical() }
    if key == wanted || field.isCaseFolded && folded(key) == folded(wanted) { return true }
    return field.rule == .reference && ReferenceKey(key)?.target.text == wanted
  }
}
