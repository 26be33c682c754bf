public import Foundation

/// A folder of a test's own, removed with it.
public final class TemporaryFolder {
  /// Where it is.
  public let url: URL

  /// Makes one.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("peacesync-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Copies a file and what SQLite may keep beside it.
  public func copy(_ from: String, to: String) throws {
    for ending in ["", "-wal", "-journal"] {
      let target = path(to) + ending
      try? FileManager.default.removeItem(atPath: target)
      if FileManager.default.fileExists(atPath: path(from) + ending) {
        try FileManager.default.copyItem(atPath: path(from) + ending, toPath: target)
      }
    }
  }
}
