import JSON
import Sync

/// One field as a draft would leave it: what the state shows, with the draft's operations on top.
struct FieldView {
  let name: Text
  private let state: RecordState
  private var written: [Path: JSON] = [:]
  private var dropped: Set<Path> = []

  init(_ name: Text, _ state: RecordState) {
    self.name = name
    self.state = state
  }

  init(_ name: Text, _ draft: ChangeDraft) {
    self.init(name, draft.state)
    for operation in draft.operations {
      switch operation {
      case .put(let path, let value, _) where path.fieldOfItem == name: written[path] = value
      case .drop(let path, _) where path.fieldOfItem == name: dropped.insert(path)
      default: break
      }
    }
  }

  /// The value at the field's own path, or at a key.
  func value(_ key: Text? = nil) -> JSON? { value(at: Path(name, key)) }

  /// The position of a list's item.
  func position(_ key: Text) -> Text? { value(at: .position(of: name, item: key))?.text }

  /// Whether anything stands at an item's position.
  func hasPosition(_ key: Text) -> Bool { value(at: .position(of: name, item: key)) != nil }

  /// The keys of the elements that are there, sorted by their bytes.
  func keys() -> [Text] {
    var keys = Set(state.cells(of: name).compactMap(\.path.key))
    for path in written.keys where !path.isPosition {
      if let key = path.key { keys.insert(key) }
    }
    return keys.filter { value($0) != nil }.sorted()
  }

  /// The keys of a list's items in their order: by position, then by key; items without a position come last.
  func itemKeys() -> [Text] {
    let items = keys().map { (key: $0, position: position($0)) }
    return items.sorted { ItemOrder.precedes(($0.position, $0.key), ($1.position, $1.key)) }.map(\.key)
  }

  /// The elements that are there, in their order.
  func elements(_ field: Field) -> [FieldElement] {
    if !field.isKeyed { return value().map { [(nil, $0)] } ?? [] }
    return (field.rule == .list ? itemKeys() : keys()).compactMap { key in value(key).map { (key, $0) } }
  }

  /// Whether the field has any value.
  func isEmpty(_ field: Field) -> Bool { field.isKeyed ? keys().isEmpty : value() == nil }

  private func value(at path: Path) -> JSON? {
    // No `? nil :` here: a JSON can be written `nil`, which is `null` and not the lack of a value.
    guard let value = written[path] else {
      if dropped.contains(path) { return Optional.none }
      return state.value(path)
    }
    if value == .null { return Optional.none }
    return value
  }
}
