import Glibc

extension DiskFile {
  /// The part of a file that the disk writes or loses as one.
  static let sectorSize = 512

  /// Syncs a file of which an earlier sync failed.
  ///
  /// Sectors that were written since then are dirty again and get durable as they now are. The others stay as
  /// they were on the disk, and nobody knows (https://lwn.net/Articles/752063/): they become pending changes
  /// for ever.
  func keepForsakenChanges() {
    var durable = ByteStorage()
    if size > 0 { durable.append(content.address(0), count: size) }
    for change in pending.reversed() { takeBack(change, in: &durable) }
    durable.resize(to: size)
    for change in pending where !change.isForsaken { copySectors(change.range, into: &durable) }
    forgetChanges()
    noteDifferences(from: durable)
  }

  /// Makes the sectors that touch a range durable as they are.
  private func copySectors(_ range: Range<Int>, into durable: inout ByteStorage) {
    let start = range.lowerBound / Self.sectorSize * Self.sectorSize
    let end = min(size, (range.upperBound + Self.sectorSize - 1) / Self.sectorSize * Self.sectorSize)
    guard start < end else { return }
    durable.write(content.address(start), count: end - start, at: start)
  }

  /// Makes a forsaken change of each sector that is not on the disk as everybody sees it.
  private func noteDifferences(from durable: borrowing ByteStorage) {
    for start in stride(from: 0, to: size, by: Self.sectorSize) {
      let count = min(Self.sectorSize, size - start)
      guard memcmp(content.address(start), durable.address(start), count) != 0 else { continue }
      var change = PendingChange(
        kind: .write, offset: start, count: count, sizeBefore: size, undoStart: undo.count, undoCount: count)
      change.isForsaken = true
      pending.append(change)
      undo.append(durable.address(start), count: count)
      hasForsakenChanges = true
    }
  }
}
