extension DiskFile {
  /// Leaves what is on the disk after a power loss, which is then durable.
  func losePower(_ loss: inout PowerLoss) {
    guard !pending.isEmpty else { return }
    let changes = pending
    // Newest first, so that the next one finds the file as it left it.
    var written = ByteStorage()
    var starts: [Int] = []
    for change in changes.reversed() {
      starts.append(written.count)
      if change.count > 0 { written.append(content.address(change.offset), count: change.count) }
      takeBack(change, in: &content)
    }
    for (change, start) in zip(changes, starts.reversed()) {
      switch (loss.fate(of: change), change.kind) {
      case (.dropped, _): break
      case (_, .resize): content.resize(to: change.offset)
      case (.kept, .write):
        restore(written.address(start), change.range, &loss)
      case (.torn, .write):
        tear(written.address(start), change.range, &loss)
      }
    }
    forgetChanges()
  }

  private func restore(_ source: UnsafeRawPointer, _ range: Range<Int>, _ loss: inout PowerLoss) {
    extend(to: range.lowerBound, &loss)
    content.write(source, count: range.count, at: range.lowerBound)
  }

  /// Writes some sectors of a range, leaves some and destroys some.
  private func tear(_ source: UnsafeRawPointer, _ range: Range<Int>, _ loss: inout PowerLoss) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(range.upperBound, (start / Self.sectorSize + 1) * Self.sectorSize)
      switch loss.sectorFate() {
      case .new: restore(source + (start - range.lowerBound), start..<end, &loss)
      case .old: break
      case .garbage: garble(start..<end, &loss)
      }
      start = end
    }
  }

  /// Destroys a range, and what was durable beside it in the same sector if the device is not powersafe.
  private func garble(_ range: Range<Int>, _ loss: inout PowerLoss) {
    let start = range.lowerBound / loss.sectorSize * loss.sectorSize
    extend(to: range.lowerBound, &loss)
    let end = max(range.upperBound, min(content.count, start + loss.sectorSize))
    if end > content.count { content.resize(to: end) }
    loss.garble(content.address(start), count: end - start)
  }

  /// Fills the gap before a write that reached the disk when the one before it did not.
  private func extend(to size: Int, _ loss: inout PowerLoss) {
    let gap = content.count
    guard size > gap else { return }
    content.resize(to: size)
    // A device without SQLITE_IOCAP_SAFE_APPEND may make a file longer before it writes the bytes.
    if loss.leavesGarbage() { loss.garble(content.address(gap), count: size - gap) }
  }
}
