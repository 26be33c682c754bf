/// Why changes to a file cannot be promised to survive.
public enum JournalProfileError: Error, Sendable, Equatable {
  /// The file cannot be written.
  case readOnly
  /// SQLite did not take a setting, and said so when it was read back.
  case notInForce(setting: String, wanted: String, found: String)
}

extension JournalProfileError: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .readOnly:
      "The database can only be read: its file, its folder or the connection does not allow writing."
    case .notInForce(let setting, let wanted, let found):
      "The database does not keep its promise to survive a power loss: \(setting) is \(found), not \(wanted)."
    }
  }
}
