/// A change of a file's content that a power loss may still undo, because nobody synced the file since.
///
/// It holds what the change destroyed, not what it brought: a sync, which is frequent, then only forgets the
/// list, and the power loss, which is rare, works its way back.
struct PendingChange {
  enum Kind {
    /// Bytes were written.
    case write
    /// The size was set.
    case resize
  }

  let kind: Kind
  /// Where the written bytes begin, or the new size.
  let offset: Int
  /// How many bytes were written.
  let count: Int
  /// The size of the file before.
  let sizeBefore: Int
  /// Where the destroyed bytes begin in the list of all destroyed bytes.
  let undoStart: Int
  /// How many bytes were destroyed.
  let undoCount: Int
  /// Whether a sync failed since: no later sync makes this change durable any more.
  var isForsaken = false

  /// The part of the file that the change touched.
  var range: Range<Int> {
    switch kind {
    case .write: offset..<offset + count
    case .resize: min(offset, sizeBefore)..<max(offset, sizeBefore)
    }
  }
}
