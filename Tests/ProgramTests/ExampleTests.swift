import TestKit
import Testing

@Suite("The examples of the help")
struct ExampleTests {
  /// Every example of every page, found as a person finds them: page by page.
  static let all: [String] = (try? HelpWalk().examples()) ?? []

  @Test("there is a page for every command, and examples on it")
  func pages() throws {
    let walk = try HelpWalk()
    let pages = try walk.pages()
    #expect(pages.count > 35, "\(pages.keys)")
    #expect(Self.all.count > 60)
    for (path, page) in pages where !page.isGroup { #expect(!page.examples.isEmpty, "\(path) has no example") }
  }

  @Test("each works as pasted", arguments: all)
  func works(_ example: String) throws {
    let result = try ExampleStage(example).run()
    // Done, or done with something for a person to look at.
    #expect(result.exitCode == 0 || result.exitCode == 3, "\(result.exitCode): \(result.errors)\n\(result.output)")
    #expect(!result.errors.contains("pioc: "), "\(result.errors)")
  }
}
