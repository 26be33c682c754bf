/// What is known of the keys of one object that is being read, to find a key that comes twice.
///
/// The keys' places themselves are on the reader's stack from `base` on, so that an object costs no
/// allocation.
struct ObjectKeys {
  /// How many objects' keys are searched one by one before a set pays.
  static let searchable = 16

  /// Where this object's keys begin on the reader's stack.
  let base: Int
  /// Whether every key so far comes after the one before: then no two can be the same.
  var isAscending = true
  /// Whether a key so far has escapes; such keys are compared by way of the set, which resolves each once.
  var hasEscapes = false
  /// The keys so far, once there are too many to search and they are not ascending.
  var seen: Set<Text>?

  init(base: Int) {
    self.base = base
  }
}
