public import Foundation
import JSON
import SQLite
public import Store

extension HubFolder {
  /// What restoring did.
  public struct Restored: Sendable {
    /// What became of the copy.
    public let outcome: HubRestoration.Outcome
    /// The seq at which the hub stood before; `nil` if its file was not there or could not be read.
    public let headBefore: Int64?
    /// Where its file was put; `nil` if there was none.
    public let keptAt: URL?
  }

  /// Why a copy was not restored; everything is as it was.
  public enum RestoreError: Error {
    /// A hub serves from the folder.
    case isServing
    /// There is no file that could be a copy; the clause says why.
    case noFile(String)
    /// The file is not a sound copy of a hub's.
    case unsound(String)
    /// It is of another hub than the one in the folder: its replicas would refuse it.
    case otherHub(found: String, expected: String)
    /// The hub's own file cannot be read, so that tokens which were taken back and erasures since the copy are not known.
    case unreadable(String)
  }

  /// Puts a copy in the place of the hub's file, as a new history (``HubRestoration``); the old file is kept beside it.
  ///
  /// The copy itself is only read. Until the last step, a rename, the hub's file stands as it was.
  ///
  /// - Parameters:
  ///   - file: a copy that ``HubService/makeBackups(at:)`` or `pioc-hub backup` made.
  ///   - isForced: go on if the folder's own file is unreadable or another hub's.
  ///   - check: looks at the copy before it is used, and throws if it must not be.
  public func restore(from file: URL, isForced: Bool, check: (Store) throws -> Void) throws -> Restored {
    if let obstacle = HubFileProblem.obstacle(at: file.path) { throw RestoreError.noFile(obstacle) }
    try create()
    let draft = url.appendingPathComponent("hub.db.restoring")
    try removeDatabase(draft)
    defer { try? removeDatabase(draft) }
    let present = try present(isForced: isForced)
    defer { try? present?.store.close() }
    try copyDatabase(file, to: draft)
    let outcome = try restoreDraft(draft, present?.memory, isForced: isForced, check: check)
    try present?.store.close()
    let kept = try setAside()
    giveToOwner(draft)
    guard rename(draft.path, database.path) == 0 else { throw HubFolderError(database.path, errno) }
    Self.sync(url)
    return Restored(outcome: outcome, headBefore: present?.memory.head, keptAt: kept)
  }

  private func restoreDraft(
    _ draft: URL, _ memory: HubMemory?, isForced: Bool, check: (Store) throws -> Void
  ) throws -> HubRestoration.Outcome {
    let store: Store
    do {
      store = try Store(path: draft.path, role: .hub)
      guard let hub = try store.settings.text("hub") else { throw StoreError("it is of no hub") }
      if let memory, memory.hub != hub, !isForced {
        throw RestoreError.otherHub(found: hub.string, expected: memory.hub.string)
      }
    } catch let error as RestoreError {
      throw error
    } catch {
      throw RestoreError.unsound("it \(HubFileProblem.reason(error))")
    }
    try check(store)
    let known = try store.settings.text("hub") == memory?.hub ? memory : nil
    let outcome = try HubRestoration.apply(
      to: store, memory: known, random: HubProcess.random, now: HubProcess.now())
    try store.close()
    // What a full disk keeps from the file stays in its log, which the rename would leave behind.
    guard !FileManager.default.fileExists(atPath: draft.path + "-wal") else {
      throw HubFolderError(draft.path, ENOSPC)
    }
    return outcome
  }

  /// The hub's own file and what it knows; it stays locked as long as the store is open.
  private func present(isForced: Bool) throws -> (store: Store, memory: HubMemory)? {
    guard FileManager.default.fileExists(atPath: database.path) else { return nil }
    do {
      let store = try openStore()
      return (store, try HubMemory(store))
    } catch is InUse {
      throw RestoreError.isServing
    } catch {
      guard isForced else { throw RestoreError.unreadable("it \(HubFileProblem.reason(error))") }
      return nil
    }
  }

  private static let suffixes = ["", "-wal", "-journal"]

  private func removeDatabase(_ file: URL) throws {
    for suffix in Self.suffixes where FileManager.default.fileExists(atPath: file.path + suffix) {
      try FileManager.default.removeItem(atPath: file.path + suffix)
    }
  }

  /// Copies a file with what SQLite may have left beside it.
  private func copyDatabase(_ file: URL, to target: URL) throws {
    for suffix in Self.suffixes where suffix.isEmpty || FileManager.default.fileExists(atPath: file.path + suffix) {
      do {
        try FileManager.default.copyItem(atPath: file.path + suffix, toPath: target.path + suffix)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path + suffix)
      } catch {
        throw RestoreError.unsound("\(file.path)\(suffix) cannot be copied: \(error.localizedDescription)")
      }
    }
  }

  private func setAside() throws -> URL? {
    guard FileManager.default.fileExists(atPath: database.path) else { return nil }
    let kept = url.appendingPathComponent("hub.db.replaced-\(HubProcess.now())")
    // A log of the old file must never be read over the new one; a file that was closed in order has none.
    for suffix in Self.suffixes.dropFirst() where FileManager.default.fileExists(atPath: database.path + suffix) {
      guard rename(database.path + suffix, kept.path + suffix) == 0 else {
        throw HubFolderError(database.path + suffix, errno)
      }
    }
    // Not moved: at no moment may there be no file, or a hub that starts just then would make a new one.
    guard link(database.path, kept.path) == 0 else { throw HubFolderError(kept.path, errno) }
    return kept
  }

  /// Makes the names in a folder as durable as its files.
  public static func sync(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
