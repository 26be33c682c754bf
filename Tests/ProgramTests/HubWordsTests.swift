import Foundation
import TestKit
import Testing

@Suite("What pioc-hub says when something cannot be done", .serialized)
struct HubWordsTests {
  private let programs: Programs

  init() throws { programs = try Programs() }

  private func hub(_ words: String...) throws -> Programs.Result {
    try programs.run("pioc-hub", ["--data", programs.folder.path("hub")] + words)
  }

  /// A sentence, what to do next, and nothing that only its programmers understand.
  private func expect(_ result: Programs.Result, _ code: Int32, _ sentence: String) {
    #expect(result.exitCode == code, "\(result.errors)")
    #expect(result.errors.hasPrefix("pioc-hub: ") && result.errors.contains(sentence), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count >= 2, "no advice: \(result.errors)")
    for word in ["SQL", "SELECT", "Error(", "error ", "Domain"] {
      #expect(!result.errors.contains(word), "\(result.errors)")
    }
  }

  @Test("a second hub on a folder, and commands that need the file, say that it is in use; nothing is disturbed")
  func inUse() throws {
    let running = try RunningHub(programs)
    let folder = programs.folder.path("hub")
    let address = try String(contentsOfFile: folder + "/address", encoding: .utf8)
    expect(try hub("serve", "--listen", "127.0.0.1:0"), 1, "another hub is serving from \(folder)")
    #expect(try String(contentsOfFile: folder + "/address", encoding: .utf8) == address)
    #expect(try hub("status").exitCode == 0)
    try FileManager.default.removeItem(atPath: folder + "/address")
    expect(try hub("compact"), 75, "in use")
    #expect(running.stop() == 0)
  }

  @Test("words that cannot be taken end with 2 before anything is done")
  func words() throws {
    expect(try hub("serve", "--log", "yes"), 2, "'yes' is not always, never or auto")
    expect(try hub("serve", "--listen", "nowhere"), 2, "is not HOST:PORT")
    #expect(!FileManager.default.fileExists(atPath: programs.folder.path("hub")))
    let running = try RunningHub(programs)
    expect(try hub("token", "add", "admin", "an office", "--member", "bogota"), 2, "only an integrator's")
    #expect(try !hub("token", "list").output.contains("an office"))
    #expect(running.stop() == 0)
  }

  @Test("a wrong file is named with what is wrong with it, and nothing is changed")
  func files() throws {
    let running = try RunningHub(programs)
    try programs.join("bogota", running)
    #expect(running.stop() == 0)
    let (folder, absent) = (programs.folder.url.path, programs.folder.path("absent.db"))
    let (text, replica) = (programs.folder.path("notes.txt"), programs.folder.path("bogota") + "/replica.db")
    try Data(repeating: 0x61, count: 8_192).write(to: URL(fileURLWithPath: text))
    let before = try Data(contentsOf: URL(fileURLWithPath: folder + "/hub/hub.db"))
    for command in ["verify", "restore"] {
      expect(try hub(command, absent), 2, "\(absent) is not there")
      expect(try hub(command, folder), 2, "\(folder) is a folder")
      expect(try hub(command, text), 1, "is no hub's file")
      expect(try hub(command, replica), 1, "is a replica's file, not a hub's")
    }
    expect(try hub("backup", folder + "/none/copy.db"), 2, "the folder \(folder)/none is not there")
    expect(try hub("backup", text + "/copy.db"), 2, "\(text) is a file, not a folder")
    expect(try hub("backup", text), 2, "is there already")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/hub/hub.db")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/hub").sorted() == ["admin-token", "hub.db"])
    try Data(repeating: 0x61, count: 8_192).write(to: URL(fileURLWithPath: folder + "/hub/hub.db"))
    expect(try hub("verify"), 1, "is no hub's file")
    expect(try hub("serve", "--listen", "127.0.0.1:0"), 1, "cannot start")
  }

  @Test("whoever came from a replica is shown with it, and goes with it")
  func lineage() throws {
    let running = try RunningHub(programs)
    try programs.join("bogota", running)
    let (file, copy) = (programs.folder.path("bogota"), programs.folder.path("copied"))
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    for city in ["bogota", "copied"] {
      let add = try programs.pioc(city, ["event", "add", "--title", "in \(city)", "--when", "2027-01-01"])
      try #require(add.exitCode == 0)
      try #require(try programs.pioc(city, ["sync"]).exitCode == 0)
    }
    let list = try hub("replica", "list").output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(list.count == 3 && list[0].last == "CAME FROM", "\(list)")
    let child = try #require(list.dropFirst().first { $0.last?.hasPrefix("bogota-") == true && $0.last != $0.first })
    let (id, first) = (child[0], child[child.count - 1])
    let revoked = try hub("replica", "revoke", first)
    #expect(revoked.exitCode == 0 && revoked.output.contains("came from it: \(id)"), "\(revoked)")
    for city in ["bogota", "copied"] { #expect(try programs.pioc(city, ["sync"]).errors.contains("revoked")) }
    #expect(running.stop() == 0)
  }
}
