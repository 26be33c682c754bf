import Foundation
import Terminal

/// Texts of edits that could not be taken, or whose editor or machine went down: they hold what somebody typed.
struct EditLeftovers {
  let folder: ReplicaFolder

  /// What is left of them; `nil` if nothing is.
  func finding() -> Finding? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let texts = names.filter { $0.hasPrefix(EditFile.prefix) }.sorted().map { name in
      let path = "\(folder.path)/\(name)"
      let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return files.first { $0.hasSuffix(".txt") }.map { "\(path)/\($0)" } ?? path
    }
    guard !texts.isEmpty else { return nil }
    let count = Phrase.count(texts.count, "text")
    return Finding(
      code: "edits", state: .note, detail: "\(count) from 'edit' \(texts.count == 1 ? "is" : "are") kept here.",
      advice: "An edit that is going on has one too. Copy from the others what you need, and delete their folders.",
      items: texts)
  }
}
