import JSON
import Sync

/// Makes a list hold given items in a given order.
enum ListEdit {
  static func replace(
    _ view: FieldView, with elements: [FieldElement], in draft: inout ChangeDraft, itemKey: () -> Text
  ) throws(FieldError) {
    let existing = view.itemKeys()
    let keys = try keys(for: elements, existing, view, itemKey)
    let wanted = Set(keys)
    for key in existing where !wanted.contains(key) { FieldEdit.drop(key, view, in: &draft) }
    for (key, element) in zip(keys, elements) { FieldEdit.put(element.value, key, view, in: &draft) }
    let known = Set(existing)
    let items = keys.map { ItemOrder.Item(key: $0, position: view.position($0), isNew: !known.contains($0)) }
    for (key, position) in ItemOrder.positions(for: items) {
      draft.put(.position(of: view.name, item: key), .string(position))
    }
  }

  /// The key of each item: its own, or that of an item with an equal value, or a new one.
  private static func keys(
    for elements: [FieldElement], _ existing: [Text], _ view: FieldView, _ itemKey: () -> Text
  ) throws(FieldError) -> [Text] {
    var taken: Set<Text> = []
    for key in elements.compactMap(\.key) where !taken.insert(key).inserted {
      throw FieldError("\(view.name): two items have the same key")
    }
    var free: [[UInt8]: [Text]] = [:]
    for key in existing.reversed() where !taken.contains(key) {
      guard let value = view.value(key) else { continue }
      free[value.canonical(), default: []].append(key)
    }
    return elements.map { element in
      element.key ?? free[element.value.canonical()]?.popLast() ?? itemKey()
    }
  }
}
