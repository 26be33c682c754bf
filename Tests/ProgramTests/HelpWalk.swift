import TestKit

/// Reads the help from page to page, as a person does who follows every command that it names.
struct HelpWalk {
  private let programs: Programs

  /// What one page says.
  struct Page {
    /// Whether it only leads to others.
    var isGroup: Bool { !commands.isEmpty }
    var commands: [String] = []
    var examples: [String] = []
  }

  init() throws { programs = try Programs() }

  /// All pages by the words that lead there.
  func pages() throws -> [String: Page] {
    var pages: [String: Page] = [:]
    var open: [[String]] = [[]]
    while let path = open.popLast() {
      let result = try programs.run("pioc", path + ["--help"])
      guard result.exitCode == 0 else { throw TestError("\(path): \(result.errors)") }
      let page = Self.read(result.output)
      pages[path.joined(separator: " ")] = page
      open += page.commands.map { path + [$0] }
    }
    return pages
  }

  /// All examples, each once, in the order of their letters.
  func examples() throws -> [String] { Set(try pages().values.flatMap(\.examples)).sorted() }

  private static func read(_ text: String) -> Page {
    var page = Page()
    var section = ""
    var continued = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasSuffix(":"), !line.hasPrefix(" ") {
        section = line
      } else if section == "Commands:", line.hasPrefix("  "), !line.hasPrefix("   ") {
        let word = line.split { $0 == " " || $0 == "," }.first
        page.commands += word.map { [String($0)] } ?? []
      } else if section == "Examples:", line.hasPrefix("  ") {
        continued += line.hasSuffix("\\") ? String(line.dropLast()) : line
        if !line.hasSuffix("\\") {
          page.examples.append(String(continued.drop { $0 == " " }))
          continued = ""
        }
      }
    }
    return page
  }
}
