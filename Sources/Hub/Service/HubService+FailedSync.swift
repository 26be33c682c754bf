import JSON
import SQLite
import Store

/// What a hub does about a disk that refused to store.
extension HubService {
  /// The setting that counts commits whose sync failed.
  private static let failedSyncsKey: Text = "failedSyncs"

  /// How many commits the disk failed to store since this hub was made.
  func failedSyncs() throws -> Int64 {
    guard let text = try store.settings.text(Self.failedSyncsKey) else { return 0 }
    return Int64(text.string) ?? 0
  }

  /// Commits something at once after a commit whose sync failed.
  ///
  /// The pages of the failed one look sound to the next process, though the disk may not have them, and what that
  /// process appended behind them would be lost with them at a power loss (https://lwn.net/Articles/752063/). The
  /// next commit of *this* process takes their place, and breaks the chain of checksums for what stood behind it
  /// (https://sqlite.org/fileformat2.html#wal_file_format). So that it does not wait for the next request: here it is.
  func writeOverFailedSync() {
    hasFailedSync = true
    do {
      try log.transaction {
        try store.settings.set(Self.failedSyncsKey, text: Text("\(try failedSyncs() + 1)"))
      }
      hasFailedSync = false
      overwrittenFailedSyncs += 1
    } catch {
      // The disk refuses this too. The next request's commit does the same, if there is one.
    }
  }
}
