/// Why a file is not opened.
public enum SchemaError: Error, Sendable, Equatable {
  /// A newer version of this program changed the file.
  case newer(found: Int, known: Int)
  /// An older version of this program wrote the file, and it cannot be brought up to date because it can only be read.
  case older
  /// The file belongs to another program; 0 is the mark of files that name none.
  case foreign(applicationID: Int32)
  /// The number of the version is negative, which no version of this program writes.
  case invalidVersion(Int)
  /// The texts in the file are not UTF-8.
  case encoding(String)
  /// The file could not be read.
  case unreadable(SQLiteError)
}

extension SchemaError: CustomStringConvertible {
  /// One or two sentences.
  public var description: String {
    switch self {
    case .newer(let found, let known):
      "A newer version of this program wrote the file: it has schema \(found), and this program knows"
        + " schemas up to \(known). Update the program; the file was not changed."
    case .older:
      "An older version of this program wrote the file, and it must be written to before it can be read here."
    case .foreign(let identifier):
      "The file is a database of another program (application id \(identifier)). It was not changed."
    case .invalidVersion(let version):
      "The file says that it has schema \(version), which cannot be. It was not changed."
    case .encoding(let name):
      "The file stores its texts as \(name), and this program only as UTF-8. It was not changed."
    case .unreadable(let error):
      "The file cannot be read. \(error)"
    }
  }
}
