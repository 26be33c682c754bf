import Foundation

/// The file that an editor works on: in a folder of its own within the replica's, for nobody else to read.
///
/// Nothing of a record goes to `/tmp`; what editors leave beside a file (backups, swap files) goes with the folder.
struct EditFile {
  /// The file.
  let path: String
  private let folder: String
  /// How the names of such folders begin.
  static let prefix = "edit-"

  /// Makes the folder, with access for its owner alone.
  init(in replica: ReplicaFolder, name: String) throws {
    var template = Array("\(replica.path)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure.failed(
        "A file to edit cannot be made in \(replica.path).",
        "Nothing was changed; free some space or check the permissions.")
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = "\(folder)/\(name).txt"
  }

  func write(_ bytes: [UInt8]) throws {
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    guard isWritten else {
      // Nothing that anybody typed is in it.
      if read()?.isEmpty ?? true { remove() }
      throw Failure.failed("The text to edit cannot be written to \(path).", "Nothing was changed; free some space.")
    }
  }

  /// What the file holds now; `nil` if the editor took it away.
  func read() -> [UInt8]? { (try? Data(contentsOf: URL(fileURLWithPath: path))).map { Array($0) } }

  /// Removes the folder with all that is in it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
