import Glibc
import JSON
import SQLite
import Store
import Sync

/// The copy of its file that a hub is making, some pages between one transaction and the next, while it serves.
struct HubBackups {
  /// What stands at the end of a copy's name until it is complete: a hub that dies over it leaves that.
  static let draftSuffix = ".part"

  /// Where a new copy goes; `nil` where a hub makes none.
  var newPath: (() throws -> String)?
  private var running: (copy: Backup, path: String)?
  private var last: Result<JSONObject, HubRefusal>?

  /// How much is copied at once: some milliseconds.
  private static let pagesPerStep: Int32 = 512

  /// Whether a copy is being made.
  var isRunning: Bool { running != nil }

  /// Begins a copy, unless one is being made already.
  mutating func begin(_ store: Store) throws {
    guard running == nil else { return }
    guard let newPath else { throw HubRefusal(.forbidden, "this hub makes no copies of its file") }
    do {
      let path = try newPath()
      running = (try Backup(of: store.connection, to: path + Self.draftSuffix), path)
      last = nil
    } catch {
      throw HubRefusal(.storageFailed, "no file can be made for the copy", because: error)
    }
  }

  /// Copies some more.
  mutating func step(_ store: Store) {
    guard let (copy, path) = running else { return }
    do {
      if try copy.step(pages: Self.pagesPerStep) { return }
      last = .success(try Self.seal(path))
    } catch {
      copy.cancel()
      // One that was complete already is not taken away by that.
      unlink(path + Self.draftSuffix)
      last = .failure(
        HubRefusal(.storageFailed, "the copy could not be written: is the disk full?", because: error))
    }
    running = nil
  }

  /// Gives an incomplete copy up; its file goes.
  mutating func cancel() {
    running?.copy.cancel()
    running = nil
  }

  /// What became of the copy that was made last; `nil` while it is being made.
  func result() throws -> JSONObject? { running == nil ? try last?.get() : nil }

  /// Makes a complete copy into one file that needs no other beside it and can be read from anywhere.
  private static func seal(_ path: String) throws -> JSONObject {
    let draft = path + draftSuffix
    let connection = try Connection(path: draft, mode: .readWrite)
    _ = try connection.pragma("journal_mode=DELETE")
    let head = try connection.integer("SELECT max(pos) FROM log") ?? 0
    let pages = try connection.integer("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
    try connection.close()
    guard rename(draft, path) == 0 else { throw HubFolderError(path, errno) }
    return ["file": .string(Text(path)), "head": .int(head), "bytes": .int(pages)]
  }
}
