import Foundation
import TestKit
import Testing

@Suite("A record in an editor")
struct EditTests {
  /// A city with one event, and an editor that is a shell script.
  private func stage(_ script: String) throws -> (programs: Programs, id: String) {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    try edits(programs, script)
    return (programs, try add(programs))
  }

  private func add(_ programs: Programs) throws -> String {
    let words = ["event", "add", "--title", "Peace forum", "--when", "2027-03-01", "--area", "Paz", "--json"]
    let added = try programs.pioc("bogota", words)
    return try #require(added.output.firstMatch(of: /"id": "([0-9a-f-]{36})"/)).1.description
  }

  private func edits(_ programs: Programs, _ script: String) throws {
    let path = programs.folder.path("editor")
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
  }

  private func edit(_ programs: Programs, _ id: String) throws -> Programs.Result {
    try programs.run(
      "pioc", ["edit", id], city: "bogota",
      variables: ["EDITOR": programs.folder.path("editor"), "VISUAL": "", "PIOC": Programs.path("pioc").path])
  }

  private func show(_ programs: Programs, _ id: String) throws -> String {
    try programs.pioc("bogota", ["event", "show", id, "--json"]).output
  }

  /// What edits have left in the replica's folder.
  private func left(_ programs: Programs) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: programs.folder.path("bogota")).filter { $0.hasPrefix("edit-") }
  }

  @Test("what was changed in the text is written, and nothing is left behind")
  func changes() throws {
    let (programs, id) = try stage(
      """
      stat -c %a "$1" "$(dirname "$1")" > "$0.modes"
      sed -i 's/^title:.*/title: Foro/' "$1"
      echo x > "$1~"
      """
    )
    let result = try edit(programs, id)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(try show(programs, id).contains("\"title\": \"Foro\""))
    #expect(try left(programs).isEmpty)
    #expect(try String(contentsOfFile: programs.folder.path("editor.modes"), encoding: .utf8) == "600\n700\n")
    let history = try programs.pioc("bogota", ["event", "history", id, "--json"])
    #expect(history.output.matches(of: /"fate":/).count == 2)
  }

  @Test("words for days are read as on a command line, and a zone that nobody knows is refused")
  func days() throws {
    let (programs, id) = try stage("sed -i 's/^when:.*/when: 3 March 2028/' \"$1\"")
    let result = try edit(programs, id)
    #expect(result.exitCode == 0 && result.errors.contains("2028-03-03"), "\(result.errors)")
    #expect(try show(programs, id).contains("\"start\": \"2028-03-03\""))
    try edits(programs, "sed -i 's|^when:.*|when: 2028-03-03 10:00 Amerika/Bogota|' \"$1\"")
    let refused = try edit(programs, id)
    #expect(refused.exitCode == 2 && refused.errors.contains("America/Bogota"), "\(refused.errors)")
    #expect(try show(programs, id).contains("\"start\": \"2028-03-03\""))
  }

  @Test("a text that is left as it is changes nothing", arguments: ["true", ": > \"$1\"", "rm \"$1\""])
  func unchanged(_ script: String) throws {
    let (programs, id) = try stage(script)
    let before = try programs.pioc("bogota", ["event", "history", id, "--json"]).output
    let result = try edit(programs, id)
    #expect(result.exitCode == (script.hasPrefix("rm") ? 1 : 0), "\(result.errors)")
    #expect(try programs.pioc("bogota", ["event", "history", id, "--json"]).output == before)
    #expect(try left(programs).isEmpty)
  }

  @Test("an editor that fails changes nothing", arguments: ["exit 3", "kill -9 $$", "/nonexistent"])
  func failing(_ ending: String) throws {
    let (programs, id) = try stage("sed -i 's/^title:.*/title: Foro/' \"$1\"; \(ending)")
    let before = try show(programs, id)
    let result = try edit(programs, id)
    #expect(result.exitCode == 1, "\(result.errors)")
    #expect(try show(programs, id) == before)
    #expect(result.errors.contains("kept in"), "\(result.errors)")
    try edits(programs, ending)
    #expect(try edit(programs, id).exitCode == 1)
    #expect(try left(programs).count == 1, "a text that nobody touched is not kept")
  }

  @Test("without a terminal a text with mistakes is kept in a file that is named")
  func mistakes() throws {
    let (programs, id) = try stage("sed -i 's/^when:.*/when: soon/; s/^title:.*/title: Foro/' \"$1\"")
    let before = try show(programs, id)
    let result = try edit(programs, id)
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("when: it must be"), "\(result.errors)")
    let file = try #require(result.errors.firstMatch(of: /kept in (.*\.txt)\./)).1.description
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("title: Foro"))
    #expect(try show(programs, id) == before)
    let doctor = try programs.must("bogota", "doctor").output
    #expect(doctor.contains("1 text from 'edit' is kept") && doctor.contains(file), "\(doctor)")
  }

  @Test("what another program writes meanwhile is kept beside it, and told")
  func meanwhileHere() throws {
    let (programs, id) = try stage(
      """
      "$PIOC" event set $(basename "$1" .txt | cut -d- -f2-) --title Meanwhile --add area=Agua > /dev/null || exit 9
      sed -i 's/^title:.*/title: Foro/; s/^area: Paz/area: Paz urbana/' "$1"
      """)
    let result = try edit(programs, id)
    #expect(result.exitCode == 3, "\(result.errors)")
    #expect(result.errors.contains("Title was changed as well"), "\(result.errors)")
    let conflicts = try programs.pioc("bogota", ["conflicts", "show", id]).output
    #expect(conflicts.contains("Foro") && conflicts.contains("Meanwhile"), "\(conflicts)")
    let shown = try show(programs, id)
    #expect(shown.contains("Agua") && shown.contains("Paz urbana") && !shown.contains("\"Paz\""), "\(shown)")
  }

  @Test("what a sync brings meanwhile is kept beside it, for everyone", .timeLimit(.minutes(2)))
  func meanwhileSynced() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    try programs.join("durban", hub)
    let id = try add(programs)
    for city in ["bogota", "durban"] { try #require(try programs.pioc(city, ["sync"]).exitCode == 0) }
    let words = ["event", "set", id, "--title", "Durban's", "--mode", "online"]
    try #require(try programs.pioc("durban", words).exitCode == 0)
    try #require(try programs.pioc("durban", ["sync"]).exitCode == 0)
    try edits(programs, "\"$PIOC\" sync > /dev/null || exit 9\nsed -i 's/^title:.*/title: Bogotá/' \"$1\"")
    let result = try edit(programs, id)
    #expect(result.exitCode == 3, "\(result.errors)")
    for city in ["bogota", "durban"] { _ = try programs.pioc(city, ["sync"]) }
    for city in ["bogota", "durban"] {
      let conflicts = try programs.pioc(city, ["conflicts", "show", id]).output
      #expect(conflicts.contains("Durban's") && conflicts.contains("Bogotá"), "\(conflicts)")
      #expect(try programs.pioc(city, ["event", "show", id]).output.contains("online"))
    }
  }
}
