import Foundation
import JSON

/// One of the golden files in `Protocol/vectors`.
enum VectorFile: String, CaseIterable {
  case merge, canonical, cursor, chain, feed

  private var url: URL {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: "Protocol/vectors/\(rawValue).json")
  }

  /// Whether the files are to be written anew instead of being checked.
  static let isWriting = ProcessInfo.processInfo.environment["PEACESYNC_WRITE_VECTORS"] != nil

  /// The list under a key of the file.
  func list(_ key: Text) throws -> [JSON] {
    try JSON.parse(Array(Data(contentsOf: url)))[key]?.array ?? []
  }

  /// Writes the file; lines for people, and a line feed at the end.
  func write(_ json: JSON) throws {
    try Data(json.pretty() + [UInt8(ascii: "\n")]).write(to: url)
  }
}
