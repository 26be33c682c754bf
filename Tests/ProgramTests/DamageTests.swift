import Foundation
import TestKit
import Testing

@Suite("A replica's file that is damaged")
struct DamageTests {
  private func city(_ programs: Programs) throws -> FileHandle {
    try programs.must("bogota", "init", "--member", "bogota")
    for number in 0..<60 { _ = try programs.addEvent("bogota", "--title", "Foro \(number)") }
    let file = programs.folder.path("bogota/replica.db")
    return try #require(FileHandle(forUpdatingAtPath: file))
  }

  @Test("one of no bytes is not taken for none, and what stands beside it stays")
  func empty() throws {
    let programs = try Programs()
    try city(programs).truncate(atOffset: 0)
    let journal = URL(fileURLWithPath: programs.folder.path("bogota/replica.db-journal"))
    try Data("what may be left".utf8).write(to: journal)
    for words in [["list"], ["doctor", "--offline"], ["event", "add", "--title", "x", "--when", "tba"]] {
      let result = try programs.pioc("bogota", words)
      #expect(result.exitCode == 1 && result.errors.contains("is empty (0 bytes)"), "\(result.errors)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: programs.folder.path("bogota/replica.db"))).isEmpty)
    #expect(try Data(contentsOf: journal) == Data("what may be left".utf8))
  }

  @Test("one whose end was cut off within a page is not called whole")
  func torn() throws {
    let programs = try Programs()
    let file = try city(programs)
    #expect(try programs.pioc("bogota", ["doctor", "--offline"]).output.contains("The file is whole"))
    try file.truncate(atOffset: try file.seekToEnd() - 100)
    let doctor = try programs.pioc("bogota", ["doctor", "--offline"])
    #expect(doctor.exitCode == 3 && doctor.output.contains("cut off"), "\(doctor)")
  }

  @Test("whatever can still be looked at is told, and by name what cannot")
  func noise() throws {
    let programs = try Programs()
    let file = try city(programs)
    let pages = try file.seekToEnd() / 4_096
    // The tables' first pages stay, so that the file can be opened.
    for page in pages - 6..<pages {
      try file.seek(toOffset: page * 4_096)
      try file.write(contentsOf: Data(repeating: 0xFF, count: 64))
    }
    let doctor = try programs.pioc("bogota", ["doctor", "--offline"])
    #expect(doctor.exitCode == 3 && doctor.output.contains("The file is damaged"), "\(doctor)")
    #expect(doctor.output.contains("cannot be looked at"), "\(doctor)")
  }
}
