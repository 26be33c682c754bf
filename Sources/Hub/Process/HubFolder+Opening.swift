import Foundation
import SQLite
public import Store

extension HubFolder {
  /// Another program has the hub's file: a hub that serves from the folder, or a command at work on it.
  public struct InUse: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence without its end.
    public let description: String

    init(_ path: String) { description = "another hub is serving from \(path), or a command is at work on its file" }
  }

  /// Opens the hub's file, or makes it; throws ``InUse`` where another program has it.
  ///
  /// A hub keeps its file locked as long as it runs (`locking_mode=EXCLUSIVE`), so this is told at the first look at it.
  public func openStore() throws -> Store {
    do {
      return try Store(path: database.path, role: .hub)
    } catch let error as SQLiteError where error.isBusy {
      throw InUse(url.path)
    } catch SchemaError.unreadable(let error) where error.isBusy {
      throw InUse(url.path)
    }
  }
}
