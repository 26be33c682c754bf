/// What a connection may do with its file.
public enum OpenMode: Sendable {
  /// Reads and writes; makes the file if there is none.
  case readWriteCreate
  /// Reads and writes a file that must exist.
  case readWrite
  /// Reads a file that must exist.
  case readOnly
  /// A private database in memory; the path is not looked at.
  case memory
}
