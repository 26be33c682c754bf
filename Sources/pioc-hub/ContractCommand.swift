import Foundation
import Hub
import Terminal

/// `pioc-hub contract`.
enum ContractCommand {
  static func run(writingTo folder: String?) throws -> Int32 {
    let pages = Contract.pages
    guard let folder else {
      Terminal.write(pages[0].bytes)
      return 0
    }
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    for page in pages {
      let file = root.appendingPathComponent(page.path)
      do {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(page.bytes).write(to: file, options: .atomic)
      } catch {
        throw HubProgramError.failed("\(file.path) cannot be written: \(error).", "Check the folder.")
      }
    }
    return 0
  }
}
