import Foundation
import SQLite
import Store

/// Says to people why a file is not, or cannot be read as, a hub's.
public enum HubFileProblem {
  /// Why a path names no file that could be read, as a clause about it; `nil` if it does.
  public static func obstacle(at path: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "is not there" }
    if isFolder.boolValue { return "is a folder, not a file" }
    return FileManager.default.isReadableFile(atPath: path) ? nil : "may not be read by you"
  }

  /// Why no new file can be made at a path, as a clause about its folder; `nil` if one can.
  public static func obstacle(toNewFileAt path: String) -> String? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      return "the folder \(folder) is not there"
    }
    if !isFolder.boolValue { return "\(folder) is a file, not a folder" }
    return FileManager.default.isWritableFile(atPath: folder) ? nil : "you may not write into the folder \(folder)"
  }

  /// What an error on opening or reading a file says about it, as a clause about it; no SQL, no sentence of SQLite's.
  public static func reason(_ error: any Error) -> String {
    switch error {
    case SchemaError.unreadable(let error): return reason(error)
    case SchemaError.foreign(let identifier):
      if identifier == StoreSchema.replica.applicationID { return "is a replica's file, not a hub's" }
      return identifier == 0 ? "is no hub's file" : "is the file of another program"
    case SchemaError.newer: return "was written by a newer version of this program: update it"
    case let error as SQLiteError:
      if error.isBusy { return "is in use" }
      if error.isNotADatabase { return "is no hub's file" }
      if error.isCorrupt { return "is damaged" }
      if error.isFull { return "needs more room than the disk has" }
      if error.isCannotOpen { return "cannot be opened" }
      if error.isReadOnly { return "cannot be written" }
      if error.isInputOutput { return "cannot be read: the disk fails" }
      return "cannot be read as a hub's file"
    case let error as StoreError: return "is not sound: \(error)"
    case let error as CocoaError: return "cannot be copied: \(error.localizedDescription)"
    case let error as HubFolderError: return "cannot be used: \(error)"
    default: return "cannot be read as a hub's file"
    }
  }
}
