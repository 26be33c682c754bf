/// How a field's values stand in a record, and so how concurrent writes of it merge.
public enum Rule: String, Hashable, Sendable {
  /// One text at the field's own path; `null` clears it.
  case plain
  /// One JSON object, or the list of authors, at the field's own path: written and replaced as a whole.
  case composite
  /// One path an element: the key is the element's own bytes, adding wins over a concurrent removal.
  case set
  /// One path a reference: the key is the target's UUID, then `/` and the role if there is one.
  case reference
  /// One path an item under a random key, and another one for the item's position.
  case list
}
