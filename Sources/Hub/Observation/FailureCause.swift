import Foundation
import SQLite
import Store

/// Says in one line for the hub's own log why something could not be stored or read.
///
/// Codes, paths and SQL with its parameters as `?1` may stand there, and the number or id of what is damaged; never a value
/// that somebody wrote. So only errors are quoted whose descriptions are known to keep to that.
enum FailureCause {
  /// The line.
  static func describe(_ error: any Error) -> String {
    switch error {
    case is SQLiteError, is SchemaError, is JournalProfileError, is StoreError, is HubFolderError:
      // SQL stands in the sources over several lines.
      "\(error)".split(whereSeparator: \.isWhitespace).joined(separator: " ")
    case let error as CocoaError:
      "\(error.localizedDescription) (\(error.code.rawValue))"
    default: "\(type(of: error))"
    }
  }
}
