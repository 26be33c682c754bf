import Foundation
import TestKit
import Testing

@Suite("Files in and out")
struct FileTests {
  private func city(_ programs: Programs, _ name: String = "bogota") throws {
    try #require(try programs.pioc(name, ["init", "--member", name]).exitCode == 0)
  }

  private static let table = """
    name;kind;email;consent
    Ana Páz;individual;ana@example.org work;public-role
    አዲስ አበባ ከተማ;org;;
    Nobody;person;;
    """

  @Test("a table is taken row by row, and the same table again changes nothing")
  func table() throws {
    let programs = try Programs()
    try city(programs)
    let trial = try programs.pioc("bogota", ["import", "-", "--dry-run"], input: Self.table)
    #expect(trial.output.hasPrefix("imported 2 (2 contacts), updated 0, unchanged 0, rejected 1"), "\(trial.output)")
    #expect(try programs.pioc("bogota", ["contact", "list", "--json"]).output == "[]\n")
    let first = try programs.pioc("bogota", ["import", "-"], input: Self.table)
    #expect(first.exitCode == 3 && first.output == trial.output, "\(first.errors)")
    #expect(first.errors.contains("semicolons") && first.errors.contains("line 4: kind: "), "\(first.errors)")
    let before = try programs.pioc("bogota", ["status", "--json"]).output
    let second = try programs.pioc("bogota", ["import", "-"], input: Self.table)
    #expect(second.output == "imported 0, updated 0, unchanged 2, rejected 1\n" && second.exitCode == 3)
    #expect(try programs.pioc("bogota", ["status", "--json"]).output == before)
    let none = try programs.pioc("bogota", ["import", "-"], input: "title,when\nx,soon\n")
    #expect(none.exitCode == 1, "\(none.errors)")
    #expect(try programs.pioc("bogota", ["import", "-"], input: "titel\nx\n").exitCode == 2)
  }

  @Test("what is here and says something else is left, changed or doubled as it is wished")
  func duplicates() throws {
    let programs = try Programs()
    try city(programs)
    _ = try programs.pioc("bogota", ["import", "-"], input: Self.table)
    let other = Self.table.replacing("ana@", with: "anna@")
    func run(_ rule: String?) throws -> String {
      let words = rule.map { ["--on-duplicate", $0] } ?? []
      return try programs.pioc("bogota", ["import", "-"] + words, input: other).output
    }
    #expect(try run(nil) == "imported 0, updated 0, unchanged 1, rejected 2\n")
    #expect(try run("skip") == "imported 0, updated 0, unchanged 1, skipped 1, rejected 1\n")
    #expect(try run("new") == "imported 1 (1 contact), updated 0, unchanged 1, rejected 1\n")
    #expect(try run("new") == "imported 0, updated 0, unchanged 2, rejected 1\n")
    let third = Self.table.replacing("ana@", with: "ann@")
    let updated = try programs.pioc("bogota", ["import", "-", "--on-duplicate", "update"], input: third).output
    #expect(updated == "imported 0, updated 1, unchanged 1, rejected 1\n")
  }

  @Test("an export is the same bytes again, and imported it changes nothing", arguments: ["json", "csv"])
  func roundTrip(_ form: String) throws {
    let programs = try Programs()
    try city(programs)
    try city(programs, "durban")
    _ = try programs.pioc("bogota", ["import", "-"], input: Self.table)
    let words = [
      "event", "add", "--title", "=1+1; '\"مدن", "--when", "2027-03-01", "--point", "aim: a\nb", "--area", "@x",
    ]
    try #require(try programs.pioc("bogota", words).exitCode == 0)
    let file = programs.folder.path("out.\(form)")
    let export = ["export", "--visibility", "network", "-o", file]
    #expect(try programs.pioc("bogota", export).exitCode == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    let printed = try programs.pioc("bogota", ["export", "--visibility", "network", "--format", form])
    #expect(Data(printed.output.utf8) == bytes)
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    let before = try programs.pioc("bogota", ["status", "--json"]).output
    #expect(try programs.pioc("bogota", ["import", file]).output == "imported 0, updated 0, unchanged 3, rejected 0\n")
    #expect(try programs.pioc("bogota", ["status", "--json"]).output == before)
    #expect(try programs.pioc("durban", ["import", file]).exitCode == 0)
    #expect(
      try programs.pioc("durban", ["export", "--visibility", "network", "--format", "csv"]).output
        == (try programs.pioc("bogota", ["export", "--visibility", "network", "--format", "csv"]).output))
    // Nothing is left beside the file, and what cannot be written leaves what was there.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: programs.folder.url.path).filter { $0.contains("out.") }.count
        == 1)
    #expect(try programs.pioc("bogota", ["export", "-o", programs.folder.path("no/such/file")]).exitCode == 1)
  }

  @Test("unless it is said, only what is public leaves; deleted records never do")
  func ceiling() throws {
    let programs = try Programs()
    try city(programs)
    _ = try programs.pioc("bogota", ["import", "-"], input: Self.table)
    let words = ["event", "add", "--title", "Open", "--when", "tba", "--visibility", "public"]
    try #require(try programs.pioc("bogota", words).exitCode == 0)
    let usual = try programs.pioc("bogota", ["export"])
    #expect(usual.output.contains("Open") && !usual.output.contains("Ana"), "\(usual.output)")
    #expect(usual.errors.contains("left out 2 contacts"), "\(usual.errors)")
    let whole = try programs.pioc("bogota", ["export", "--visibility", "network"])
    #expect(whole.output.contains("Ana") && whole.output.contains("Open"))
    let id = try #require(whole.output.firstMatch(of: /"id":"([0-9a-f-]{36})","kind":"individual"/)).1
    let removed = try programs.pioc("bogota", ["contact", "rm", String(id)])
    #expect(removed.errors.contains("restore"), "\(removed.errors)")
    #expect(try !programs.pioc("bogota", ["export", "--visibility", "network"]).output.contains("Ana"))
    #expect(try programs.pioc("bogota", ["contact", "list", "--deleted"]).output.contains("Ana"))
    #expect(try programs.pioc("bogota", ["contact", "restore", String(id)]).exitCode == 0)
    #expect(try programs.pioc("bogota", ["export", "--visibility", "network"]).output == whole.output)
  }

  @Test(
    "a file that is none of those is called what it is",
    arguments: [
      ("PK\u{3}\u{4}x", "a spreadsheet or a document"),
      (#"{"format":"pioc-records/1","records":[{"title":"#, "part of it is missing"),
      ("[\n{},\n}]", "on line 3"), ("título,cuándo\nx,y\n", "(title, when, area,"),
    ])
  func foreign(_ text: String, _ told: String) throws {
    let programs = try Programs()
    try city(programs)
    let result = try programs.pioc("bogota", ["import", "-", "--kind", "event"], input: text)
    #expect(result.exitCode == 2 && result.errors.contains(told), "\(result.errors)")
  }

  @Test("bad records on one line are told apart by their numbers")
  func oneLine() throws {
    let programs = try Programs()
    try city(programs)
    let result = try programs.pioc("bogota", ["import", "-"], input: #"[{"record":"event"},{"record":"x"}]"#)
    #expect(result.errors.contains("record 1, line 1: title") && result.errors.contains("record 2, line 1: "))
  }

  @Test("what could not be written was not exported, and no file gets a name that it does not fit")
  func unwritten() throws {
    let programs = try Programs()
    try city(programs)
    _ = try programs.addEvent("bogota", "--title", "Foro", "--visibility", "public")
    let full = try programs.shell(
      "/bin/sh", "pioc export > /dev/full",
      environment: ["PATH": Programs.path("").path, "PIOC_DIR": programs.folder.path("bogota")])
    #expect(full.exitCode == 1 && !full.errors.contains("exported"), "\(full.errors)")
    let path = programs.folder.path("a.xlsx")
    let named = try programs.must("bogota", "export", "-o", path, code: 2)
    #expect(named.errors.contains(".csv") && !FileManager.default.fileExists(atPath: path))
    try programs.must("bogota", "export", "-o", path, "--format", "csv")
  }

  @Test(
    "what cannot be read is called what it is; a pipe can be",
    arguments: [
      (".", 2, "is a folder"), ("none.csv", 2, "is not there"), ("loop", 2, "leads back to itself"),
      ("/dev/zero", 2, "or no end"), ("- < /dev/zero", 2, "or no end"), ("- < .", 2, "is a folder"),
    ])
  func unreadable(_ words: String, _ code: Int32, _ told: String) throws {
    let programs = try Programs()
    try city(programs)
    let folder = programs.folder.url.path
    let environment = ["PATH": Programs.path("").path + ":/usr/bin:/bin", "PIOC_DIR": programs.folder.path("bogota")]
    let script = "cd '\(folder)' && ln -s loop loop && pioc import "
    let result = try programs.shell("/bin/sh", script + words, environment: environment)
    #expect(result.exitCode == code && result.errors.contains(told), "\(result.errors)")
    let piped = "printf 'name;kind\\nPaz;org\\n' | pioc import /dev/stdin"
    #expect(try programs.shell("/bin/sh", piped, environment: environment).output.hasPrefix("imported 1 "))
  }
}
