/// How processes and machines end.
extension SimulatedDisk {
  /// Ends all processes as `kill -9` does, and lets others begin.
  ///
  /// What they wrote stays, synced or not, and their locks go. Whatever their connections still try fails;
  /// they can be closed at any time.
  public func kill() {
    for handle in handles { handle.close() }
    killedProcess = nil
  }

  /// Ends one process as `kill -9` does, see `process`.
  public func kill(process: Int) {
    for handle in handles where handle.process == process { handle.close() }
    if killedProcess == process { killedProcess = nil }
  }

  /// Lets a process begin again after a planned `DiskFault.kill`.
  ///
  /// Until then, the killed process cannot open anything: the code that it was running is still on its way
  /// out and may try to recover.
  public func restart() {
    killedProcess = nil
  }

  /// Cuts the power, and brings it back: all processes end, and what was not synced is left to chance.
  ///
  /// Every write since the last sync of its file is kept, dropped, or torn into sectors of 512 bytes that are
  /// new, old or garbage, whatever became of the ones before it; unless the disk `isPowersafe`, garbage takes
  /// what was beside it in the device's sector along. A truncation, and the creation or the deletion of a
  /// file, is kept or undone. A file's creation is durable with its first sync, and all names of a folder are
  /// whenever SQLite syncs it: with the first sync of a journal that it opened for writing, and with a
  /// deletion that it asks to be durable.
  ///
  /// Plans and rates of `faults` stay.
  @discardableResult
  public func crash(_ stream: inout SeededStream) -> PowerLossReport {
    kill()
    var loss = PowerLoss(stream, sectorSize: isPowersafe ? 1 : sectorSize)
    directory.losePower(&loss)
    usedBytes = 0
    for path in directory.paths {
      guard let file = directory.files[path] else { continue }
      file.losePower(&loss)
      usedBytes += file.size
    }
    stream = loss.stream
    return loss.report
  }

  /// Does what a fault does beyond the operation that it struck.
  func carryOut(_ fault: DiskFault, _ process: Int) {
    guard fault == .kill else { return }
    kill(process: process)
    killedProcess = process
  }

  /// Takes a closed handle off the list.
  func forget(_ handle: DiskHandle) {
    handles.removeAll { $0 === handle }
  }
}
