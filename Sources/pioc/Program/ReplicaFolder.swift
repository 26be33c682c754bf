import Foundation
import Replica
import Sync
import Terminal

/// The folder in which a replica lives.
struct ReplicaFolder {
  /// Where it is.
  let path: String

  /// `--dir`, or else `PIOC_DIR`, or else `pioc` in the folder for data (XDG base directories).
  init(option: String?, environment: [String: String]) {
    let named = [option, environment["PIOC_DIR"]].compactMap { $0 }.first { !$0.isEmpty }
    // The specification asks that a relative XDG_DATA_HOME be ignored.
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (environment["HOME"] ?? ".") + "/.local/share"
    path = named ?? data + "/pioc"
  }

  /// The replica's SQLite file.
  var database: String { path + "/replica.db" }
  /// The file that a sync locks.
  var lock: String { path + "/sync.lock" }

  /// Opens the replica that is there.
  func open() throws -> LocalReplica {
    guard try isThere() else { throw Failure.noReplica("There is no replica in \(path) yet.") }
    // Not for SQLite to see: it would take away a journal beside it, which may hold what the file lost.
    var file = stat()
    guard stat(database, &file) != 0 || file.st_size > 0 else {
      throw Failure.failed(
        "The replica's file is empty (0 bytes): \(TerminalSafe.line(database)).",
        "Nothing was changed. If records were in it, put a copy of it in its place, or take anew what was synced: 'pioc join "
          + "URL --member NAME --dir OTHER'. If none ever were, 'pioc init --member NAME' makes a replica of it.")
    }
    return try LocalReplica(path: database)
  }

  /// Whether there is a file for a replica; a folder that cannot be looked into is no "no".
  func isThere() throws -> Bool {
    if access(database, F_OK) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw Failure.failed(
        "The folder \(path) cannot be looked into.", "Check its permissions, or name another with --dir.")
    }
    return false
  }

  /// Makes the folder and a replica in it.
  func create(member: MemberName, random: (Int) -> [UInt8]) throws -> LocalReplica {
    guard let id = ReplicaID(member: member, random: random(5)) else {
      throw Failure.failed("No id could be made for \(member).", "Try again.")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure.failed(
        "The folder \(path) cannot be made.", "Check its parent's permissions, or use --dir.")
    }
    return try LocalReplica.create(path: database, id: id)
  }

  /// What to tell a person whose replica others on this machine can read; `nil` if nobody can.
  func exposure() -> String? {
    var (file, folder) = (stat(), stat())
    guard stat(database, &file) == 0, stat(path, &folder) == 0 else { return nil }
    guard file.st_mode & 0o077 != 0, folder.st_mode & 0o011 != 0 else { return nil }
    // Nobody but its owner can change it, and on a disk that can only be read nobody.
    var disk = statvfs()
    guard geteuid() == 0 || file.st_uid == geteuid() else { return nil }
    guard statvfs(database, &disk) == 0, disk.f_flag & UInt(ST_RDONLY) == 0 else { return nil }
    return "others on this machine can reach \(database); run: chmod go= \(Phrase.shellWord(database))"
  }
}
