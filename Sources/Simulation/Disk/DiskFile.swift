/// The content of one file, and what of it a power loss may take back.
///
/// It is what a file system calls an inode: it lives on without a name as long as somebody has it open.
///
/// Here, in the handle and in the disk, what SQLite's every operation touches goes without the check that two accesses do
/// not overlap: it took a thirtieth of a world's time, and nothing here calls back while it changes something.
final class DiskFile {
  /// The content as every process sees it.
  @exclusivity(unchecked) var content: ByteStorage
  /// The changes since the last sync, in order.
  @exclusivity(unchecked) var pending: [PendingChange] = []
  /// What the pending changes destroyed.
  @exclusivity(unchecked) var undo = ByteStorage()
  /// Whether some pending changes are forsaken.
  var hasForsakenChanges = false

  /// Who has locked it.
  @exclusivity(unchecked) var lock = DiskLock()
  /// How many live handles there are.
  var openCount = 0
  /// Whether it has a name; without one it goes with its last handle, or with a power loss.
  var isNamed: Bool
  /// Whether its name survives a power loss.
  var isNameDurable = false
  /// Whether it never had a name: no power loss leaves anything of it, so nothing has to be remembered.
  private let isTemporary: Bool

  init(content: consuming ByteStorage = ByteStorage(), isTemporary: Bool = false) {
    self.content = content
    self.isTemporary = isTemporary
    isNamed = !isTemporary
  }

  /// A file that was put there from outside and is durable.
  convenience init(durable bytes: [UInt8]) {
    self.init(content: ByteStorage(bytes))
    isNameDurable = true
  }

  /// The size in bytes.
  var size: Int { content.count }

  /// Writes bytes; a gap before them becomes zeros.
  func write(_ source: UnsafeRawPointer, count: Int, at offset: Int) {
    guard count > 0 else { return }
    if !isTemporary {
      let destroyed = max(0, min(count, size - offset))
      note(.write, offset: offset, count: count, destroyed: destroyed)
    }
    content.write(source, count: count, at: offset)
  }

  /// Sets the size; what is new is zeros.
  func resize(to newSize: Int) {
    guard newSize != size else { return }
    if !isTemporary { note(.resize, offset: newSize, count: 0, destroyed: max(0, size - newSize)) }
    content.resize(to: newSize)
  }

  /// Makes the content durable, except what was forsaken.
  func sync() {
    if hasForsakenChanges {
      keepForsakenChanges()
    } else {
      forgetChanges()
    }
  }

  /// Makes the content durable as it is.
  func forgetChanges() {
    pending.removeAll(keepingCapacity: true)
    undo.resize(to: 0)
    hasForsakenChanges = false
  }

  /// Reports a sync that failed: the pages count as clean although they are not on the disk.
  func failSync() {
    for index in pending.indices { pending[index].isForsaken = true }
    hasForsakenChanges = !pending.isEmpty
  }

  /// Takes one change back; those after it must have been taken back before.
  func takeBack(_ change: PendingChange, in image: inout ByteStorage) {
    image.resize(to: change.sizeBefore)
    guard change.undoCount > 0 else { return }
    image.write(undo.address(change.undoStart), count: change.undoCount, at: change.offset)
  }

  private func note(_ kind: PendingChange.Kind, offset: Int, count: Int, destroyed: Int) {
    pending.append(
      PendingChange(
        kind: kind, offset: offset, count: count, sizeBefore: size, undoStart: undo.count,
        undoCount: destroyed))
    if destroyed > 0 { undo.append(content.address(offset), count: destroyed) }
  }
}
