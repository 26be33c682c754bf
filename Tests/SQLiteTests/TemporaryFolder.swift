import Foundation

/// A folder that a test makes for its files and that goes with it.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "SQLiteTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String = "test.db") -> String {
    url.appending(path: name).path(percentEncoded: false)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name))
  }

  func bytes(_ name: String = "test.db") throws -> [UInt8] {
    // Foundation leaks the buffer of an empty file, which the address sanitizer reports.
    let size = try FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int
    return size == 0 ? [] : [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  func write(_ bytes: [UInt8], _ name: String = "test.db") throws {
    try Data(bytes).write(to: URL(filePath: path(name)))
  }
}
