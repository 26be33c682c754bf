import Foundation
import SQLite
import TestKit
import Testing

@Suite("A replica that can only be read")
struct ReadOnlyTests {
  /// Runs `pioc` without the right of root to write whatever it likes.
  private func bound(_ programs: Programs, _ words: String) throws -> Programs.Result {
    let drop = geteuid() == 0 ? "setpriv --inh-caps=-all --bounding-set=-all " : ""
    return try programs.shell(
      "/bin/sh", "\(drop)'\(Programs.path("pioc").path)' \(words)",
      environment: ["PATH": "/usr/bin:/bin", "PIOC_DIR": programs.folder.path("bogota")])
  }

  private func city(_ programs: Programs) throws {
    try programs.must("bogota", "init", "--member", "bogota")
    _ = try programs.addEvent("bogota", "--title", "Foro", "--visibility", "public")
  }

  private func allow(_ programs: Programs, file: Int, folder: Int) throws {
    for (name, mode) in [("/replica.db", file), ("", folder)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: programs.folder.path("bogota") + name)
    }
  }

  @Test("what only reads works there, also in a folder that may not be written, and says the same as before")
  func reading() throws {
    let programs = try Programs()
    try city(programs)
    let commands = [
      "list", "show foro", "search foro", "history foro", "conflicts", "rejected", "export", "list --deleted",
    ]
    let before = try commands.map { try bound(programs, $0).output }
    try allow(programs, file: 0o400, folder: 0o500)
    defer { try? allow(programs, file: 0o600, folder: 0o700) }
    for (command, output) in zip(commands, before) {
      let result = try bound(programs, command)
      #expect(result.exitCode == 0 && result.output == output, "\(command): \(result.errors)")
    }
    let status = try bound(programs, "status --json")
    #expect(status.exitCode == 0 && status.output.contains(#""readOnly": true"#), "\(status)")
    let doctor = try bound(programs, "doctor --offline")
    #expect(doctor.exitCode == 0 && doctor.output.contains("can only be read"), "\(doctor)")
  }

  @Test(
    "what writes is refused before anything is asked or done",
    arguments: [
      "event add --title x --when tba", "set foro --title x", "rm foro", "undo foro 1", "edit foro", "import -",
      "import - --dry-run", "sync", "verify", "resolve", "conflicts resolve foro --take 1", "rejected retry --all",
      "join https://hub.example.org",
    ])
  func writing(_ command: String) throws {
    let programs = try Programs()
    try city(programs)
    try allow(programs, file: 0o400, folder: 0o700)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: programs.folder.path("bogota/replica.db")))
    let result = try bound(programs, command)
    #expect(result.exitCode == 1 && result.errors.contains("can only be read"), "\(result)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: programs.folder.path("bogota/replica.db"))) == bytes)
  }

  @Test("a commit that was interrupted is not read over; copied to where it can be written, the file is as before it")
  func hotJournal() throws {
    let programs = try Programs()
    try city(programs)
    let (file, copy) = (programs.folder.path("bogota/replica.db"), programs.folder.path("copy.db"))
    let before = try bound(programs, "list").output
    // With hardly a cache, what a transaction writes is in the file before it is whole (sqlite.org/atomiccommit.html).
    let connection = try Connection(path: file, mode: .readWrite)
    try connection.execute("PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
    try connection.execute("CREATE TABLE filler (bytes BLOB); UPDATE record SET deleted = 1")
    for _ in 0..<200 { try connection.execute("INSERT INTO filler VALUES (zeroblob(3000))") }
    for end in ["", "-journal"] { try programs.folder.copy("bogota/replica.db\(end)", to: "copy.db\(end)") }
    try connection.rollback()
    try connection.close()
    for end in ["", "-journal"] {
      try FileManager.default.removeItem(atPath: file + end)
      try FileManager.default.moveItem(atPath: copy + end, toPath: file + end)
    }
    try allow(programs, file: 0o400, folder: 0o500)
    defer { try? allow(programs, file: 0o600, folder: 0o700) }
    let refused = try bound(programs, "list")
    #expect(refused.exitCode == 1 && refused.errors.contains("replica.db-journal"), "\(refused)")
    #expect(refused.output.isEmpty)
    try allow(programs, file: 0o600, folder: 0o700)
    #expect(try bound(programs, "list").output == before)
  }

  @Test("where only the folder may not be written, the doctor says so")
  func folder() throws {
    let programs = try Programs()
    try city(programs)
    try FileManager.default.removeItem(atPath: programs.folder.path("bogota/replica.db-journal"))
    try allow(programs, file: 0o600, folder: 0o500)
    defer { try? allow(programs, file: 0o600, folder: 0o700) }
    #expect(try bound(programs, "list").exitCode == 0)
    let doctor = try bound(programs, "doctor --offline")
    #expect(doctor.exitCode == 3 && doctor.output.contains("Nothing can be written here"), "\(doctor)")
  }

  @Test("advice to close a file to others can be pasted, whatever the folder is called")
  func exposed() throws {
    let programs = try Programs()
    let path = programs.folder.path("la paz, مدينة's")
    try programs.must("bogota", "--dir", path, "init", "--member", "bogota")
    for name in ["", "/replica.db"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path + name)
    }
    let warned = try programs.must("bogota", "--dir", path, "list").errors
    let advice = try #require(warned.split(separator: "\n").first { $0.contains("run: ") })
    let command = String(advice.split(separator: "run: ").last ?? "")
    let followed = try programs.shell("/bin/sh", command, environment: ["PATH": "/usr/bin:/bin"])
    #expect(followed.exitCode == 0, "\(followed.errors)")
    #expect(try !programs.must("bogota", "--dir", path, "list").errors.contains("warning"))
  }
}
