import Foundation
import FuzzTargets
import Testing

/// What the fuzzer has kept, an input for each way through the code that it found, tried again in every run.
@Suite("The fuzzer's corpus")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpus")

  @Test("nothing that the fuzzer kept breaks a promise", arguments: FuzzTarget.allCases)
  func corpus(_ target: FuzzTarget) throws {
    let files = try Self.files(of: target)
    // Without a corpus nothing would be tried.
    #expect(files.count >= 40)
    for file in files {
      let complaints = target.complaints(about: Array(try Data(contentsOf: file)))
      if !complaints.isEmpty { Issue.record("\(file.lastPathComponent): \(complaints)") }
    }
  }

  @Test("the corpus stays small", arguments: FuzzTarget.allCases)
  func size(_ target: FuzzTarget) throws {
    let files = try Self.files(of: target)
    #expect(files.count <= 150)
    let bytes = try files.reduce(0) { $0 + (try Data(contentsOf: $1)).count }
    #expect(bytes <= 200 * 1024)
  }

  private static func files(of target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target.rawValue), includingPropertiesForKeys: nil)
  }
}
