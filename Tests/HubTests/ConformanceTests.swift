import Foundation
import Testing

@Suite("Each rule of the specification names the tests that hold it")
struct ConformanceTests {
  /// A row of `Protocol/conformance.md`.
  private struct Row {
    let clause: String
    let tests: [String]
    /// Whether it stands among the rules that tests hold.
    let isHeld: Bool
  }

  private let clauses: [String: String]
  private let rows: [Row]

  init() throws {
    clauses = Self.clauses(try String(contentsOf: Self.root.appending(path: "Protocol/README.md"), encoding: .utf8))
    rows = Self.rows(try String(contentsOf: Self.root.appending(path: "Protocol/conformance.md"), encoding: .utf8))
  }

  private static var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The text of each numbered clause by its number, and under a section's own number what stands there beside them.
  private static func clauses(_ text: String) -> [String: String] {
    var found: [String: String] = [:]
    var (section, clause, isCode) = ("", "", false)
    for line in lines(text) {
      if line.hasPrefix("```") { isCode.toggle() }
      if isCode { continue }
      let words = line.split(separator: " ", maxSplits: 2)
      if line.hasPrefix("## ") || line.hasPrefix("### "), words.count > 1, words[1].first?.isNumber == true {
        section = words[1].hasSuffix(".") ? String(words[1].dropLast()) : String(words[1])
        clause = section
      } else if let number = words.first, line.hasPrefix(number), number.hasSuffix("."), Int(number.dropLast()) != nil {
        clause = "\(section).\(number.dropLast())"
      } else if !line.hasPrefix(" ") {
        clause = section
      }
      found[clause, default: ""] += line + "\n"
    }
    return found
  }

  private static func rows(_ text: String) -> [Row] {
    var (rows, isHeld) = ([Row](), true)
    for line in lines(text) {
      if line.hasPrefix("## ") { isHeld = line != "## Not held by a test" }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| "), cells.count == 3, cells[0].first?.isNumber == true else { continue }
      let spans = cells[2].split(separator: "`", omittingEmptySubsequences: false)
      let tests = spans.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
      rows.append(Row(clause: cells[0], tests: isHeld ? tests : [], isHeld: isHeld))
    }
    return rows
  }

  /// The tests of the project, as `Suite.function`: functions after `@Test`, and those of the Python client.
  private static func tests() throws -> Set<String> {
    var found: Set<String> = []
    let files = FileManager.default.enumerator(at: root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    for case let file as URL in files ?? FileManager.DirectoryEnumerator()
    where ["swift", "py"].contains(file.pathExtension) {
      var (type, isTest) = ("", false)
      for line in lines(try String(contentsOf: file, encoding: .utf8)) {
        let words = line.split { " (:<".contains($0) }.map(String.init)
        if let index = words.firstIndex(where: { ["struct", "class", "extension"].contains($0) }),
          !line.hasPrefix(" "), index + 1 < words.count
        {
          type = words[index + 1]
        }
        if words.first == "@Test" { isTest = true }
        guard let index = words.firstIndex(where: { $0 == "func" || $0 == "def" }), index + 1 < words.count else {
          continue
        }
        let isPython = words[index] == "def" && words[index + 1].hasPrefix("test_")
        if isTest || isPython { found.insert("\(type).\(words[index + 1])") }
        isTest = false
      }
    }
    return found
  }

  @Test("every clause with MUST has a row, among those that a test holds or among the others")
  func everyMust() {
    let named = Set(rows.map(\.clause))
    // The sentence that says what the word means is no rule.
    let musts = clauses.filter { clause in
      Self.lines(clause.value).contains { $0.contains("MUST") && !$0.contains("RFC 2119") }
    }
    #expect(musts.count > 20)
    #expect(musts.keys.filter { !named.contains($0) }.sorted() == [])
  }

  @Test("every row names a clause of the specification, once in each table")
  func everyClause() {
    #expect(rows.filter { clauses[$0.clause] == nil }.map(\.clause) == [])
    for isHeld in [true, false] {
      let named = rows.filter { $0.isHeld == isHeld }.map(\.clause)
      #expect(Set(named).count == named.count)
    }
  }

  @Test("every test that is named exists, and every rule that is said to be held names one")
  func everyTest() throws {
    let tests = try Self.tests()
    #expect(tests.count > 500)
    for row in rows {
      #expect(row.tests.filter { !tests.contains($0) } == [], "\(row.clause)")
      #expect(!row.isHeld || !row.tests.isEmpty, "\(row.clause)")
    }
  }
}
