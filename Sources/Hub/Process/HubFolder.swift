import Crypto
public import Foundation
import JSON
import Net
public import Store

/// The folder where a hub keeps its file, the administrator's token and the address that it listens at.
public struct HubFolder: Sendable {
  /// The folder.
  public let url: URL

  /// A folder; it need not exist yet.
  public init(_ url: URL) { self.url = url }

  /// Where a hub keeps its data unless told otherwise (XDG base directories).
  public static func standard(environment: [String: String]) -> HubFolder {
    let base =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (environment["HOME"] ?? ".") + "/.local/share"
    return HubFolder(URL(fileURLWithPath: base + "/pioc-hub", isDirectory: true))
  }

  /// The hub's SQLite file.
  public var database: URL { url.appendingPathComponent("hub.db") }
  /// The administrator's token, readable by its owner only.
  public var adminToken: URL { url.appendingPathComponent("admin-token") }
  /// The address of the hub that serves from this folder.
  public var address: URL { url.appendingPathComponent("address") }

  /// Where copies of the file are put that somebody asks a running hub for.
  public var backups: URL { url.appendingPathComponent("backups") }

  /// Gives what the machine's administrator made here to the hub's own user, who must be able to open it.
  func giveToOwner(_ file: URL) {
    var folder = stat()
    guard geteuid() == 0, stat(url.path, &folder) == 0, folder.st_uid != 0 else { return }
    chown(file.path, folder.st_uid, folder.st_gid)
  }

  /// Removes copies that were never completed, and long bodies whose names were not taken away in time.
  func removeDrafts() {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in files where name.hasPrefix(SpoolFile.prefix) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: backups.path)) ?? []
    for name in names where name.contains(HubBackups.draftSuffix) {
      try? FileManager.default.removeItem(at: backups.appendingPathComponent(name))
    }
  }

  /// The path of a copy that is not there yet.
  func newBackup() throws -> String {
    try FileManager.default.createDirectory(
      at: backups, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    giveToOwner(backups)
    let name = "hub-\(HubProcess.now())-\(Base32.encode(HubProcess.random(5))).db"
    return backups.appendingPathComponent(name).path
  }

  /// Copies a hub's file into ``backups``; where the copy is.
  public func backUp(_ store: Store) throws -> URL {
    var backups = HubBackups()
    backups.newPath = { try newBackup() }
    try backups.begin(store)
    while backups.isRunning { backups.step(store) }
    guard let file = try backups.result()?["file"]?.text?.string else { throw StoreError("there is no copy") }
    return URL(fileURLWithPath: file)
  }

  /// Makes the folder, for its owner only.
  func create() throws {
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Writes a file that only its owner can read, and that is there whole or not at all.
  func write(_ text: String, to file: URL) throws {
    // What stands there already needs no room on a disk that may be full.
    if read(file) == text.trimmingCharacters(in: .whitespacesAndNewlines) { return }
    let draft = file.appendingPathExtension("new")
    try? FileManager.default.removeItem(at: draft)
    guard
      FileManager.default.createFile(
        atPath: draft.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else {
      let code = errno
      try? FileManager.default.removeItem(at: draft)
      throw HubFolderError(file.path, code)
    }
    guard rename(draft.path, file.path) == 0 else { throw HubFolderError(file.path, errno) }
  }

  /// The text of a file without its line end; `nil` if it is not there.
  public func read(_ file: URL) -> String? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
