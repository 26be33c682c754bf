import Terminal
import TestKit
import Testing

@Suite("What is said fits the terminal", .serialized)
struct WidthTests {
  private let programs: Programs

  init() throws { programs = try Programs() }

  /// The lines that a command shows at a terminal of so many columns, without what only colours.
  private func lines(_ words: [String], columns: UInt16) throws -> [String] {
    let seat = try Seat(programs.process("pioc", words, city: "bogota"), columns: columns)
    let shown = seat.end().shown.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    return shown.split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test("no line of a message, of status or of doctor is cut by it", arguments: [UInt16(40), 80])
  func fits(_ columns: UInt16) throws {
    let hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    let title = "منتدى السلام في المدن, foro de paz y seguridad urbana de las ciudades"
    for number in 1...3 { _ = try programs.addEvent("bogota", "--title", "\(title) \(number)") }
    let long = try programs.addEvent("bogota", "--title", "x", "--summary", Array(repeating: title, count: 5).joined())
    for words in [
      ["set", "foro", "--kind", "x"], ["set", "nowhere", "--when", "soon"], ["event", "add", "--title", "x"],
      ["event", "add", "--title", "x", "--when", "2027-03-01 10:00"], ["set", "x", "--add", "nonsense=1"],
      ["doctor"], ["history", long], ["rm", long], ["sync", "--dry-run"], ["sync"], ["sync"], ["verify"],
      ["list", "--limit", "1"], ["leave"],
    ] {
      for line in try lines(words, columns: columns) {
        // A path or an address is left whole, to be copied.
        let isOneWord = line.split(separator: " ").count <= 1
        #expect(isOneWord || DisplayWidth.of(line) <= Int(columns), "\(words): \(line)")
      }
    }
  }

  @Test("three long values of a conflict are broken between words, at their place")
  func conflict() throws {
    let hub = try RunningHub(programs)
    let cities = ["bogota", "durban", "amman"]
    for city in cities { try programs.join(city, hub) }
    let id = try programs.addEvent("bogota", "--title", "Foro")
    for city in cities { try programs.must(city, "sync") }
    for city in cities {
      let text = Array(repeating: "palabras de \(city)", count: 20).joined(separator: " ")
      try programs.must(city, "set", id, "--summary", text)
      _ = try programs.pioc(city, ["sync"])
    }
    try programs.must("bogota", "sync", code: 3)
    let lines = try lines(["conflicts", "show", id], columns: 80)
    #expect(lines.contains { $0.hasPrefix("     palabras") || $0.hasPrefix("     de ") }, "\(lines)")
    for line in lines { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
  }

  @Test("in a pipe a message stays one line, for programs")
  func piped() throws {
    try programs.must("bogota", "init", "--member", "bogota")
    let told = try programs.pioc("bogota", ["event", "add", "--title", "x", "--when", "soon"]).errors
    #expect(told.split(separator: "\n").count == 2, "\(told)")
  }
}
