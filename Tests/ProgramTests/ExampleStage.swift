import Foundation
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit

/// A folder in which an example of the help finds what it speaks of: a record `3f2a`, files, a hub where it needs one.
final class ExampleStage {
  private let programs: Programs
  private let example: String
  private var hub: RunningHub?
  private var world: TestWorld?

  /// The record that the examples speak of.
  static let record = RecordID("3f2a0c4e-7b1d-4a52-9c3e-5d6f7a8b9c0d")

  init(_ example: String) throws {
    programs = try Programs()
    self.example = example
    try FileManager.default.createDirectory(atPath: programs.folder.path("city"), withIntermediateDirectories: true)
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/pioc/Demo/pioc-sample.json").standardized.path
    try FileManager.default.copyItem(atPath: sample, toPath: programs.folder.path("records.json"))
    try "name;kind;email\nCity of Palmira;org;a@example.org work\n".write(
      toFile: programs.folder.path("contacts.csv"), atomically: true, encoding: .utf8)
    try prepare()
  }

  /// The words of the example after `pioc`.
  private var words: [String] { example.split(separator: " ").dropFirst().map(String.init) }

  private var kind: String {
    // Participants are contacts.
    if example.contains("--participant 3f2a") { return "contact" }
    return ["contact", "publication"].first { words.first == $0 } ?? "event"
  }

  private func prepare() throws {
    guard !example.contains("pioc init"), !example.contains("pioc demo") else { return }
    if example.contains("pioc conflicts") || example.contains("pioc resolve") || words.contains("--conflict") {
      return try conflict()
    }
    if example.contains("pioc rejected") { return try rejected() }
    try pioc(["init", "--member", "bogota"])
    try addRecord()
    if words.contains("restore") || words.contains("--deleted") { try pioc(["rm", "3f2a"]) }
    guard ["join", "sync", "verify", "leave"].contains(words.first ?? "") || example.contains("pioc-hub") else {
      return
    }
    let hub = try RunningHub(programs)
    self.hub = hub
    if !example.contains("pioc join") { try join(hub) }
  }

  private func join(_ hub: RunningHub) throws {
    let result = try programs.pioc("city", ["join", hub.url, "--invite", "-"], input: try programs.invite("bogota"))
    guard result.exitCode == 0 else { throw TestError(result.errors) }
  }

  private func pioc(_ words: [String]) throws {
    let result = try programs.pioc("city", words)
    guard result.exitCode == 0 else { throw TestError("\(words): \(result.errors)") }
  }

  /// A record of the kind, with what the examples add to and take away.
  private func addRecord() throws {
    guard let id = Self.record else { throw TestError("no id") }
    let replica = try LocalReplica(path: programs.folder.path("city") + "/replica.db")
    try replica.edit(id, kind: Text(kind), at: 1_800_000_000_000) { draft in
      switch kind {
      case "event":
        draft.put("title", "Peace forum")
        draft.put("when", ["start": "2027-03-01"])
      case "contact":
        draft.put("kind", "org")
        draft.put("name", ["full": "City of Palmira"])
      default:
        draft.put("type", "report")
        draft.put("title", "The Case")
      }
      draft.put("owner", "bogota")
      draft.put("visibility", "network")
    }
    try replica.close()
    switch kind {
    case "event":
      try pioc([
        "set", "3f2a", "--area", "Urban peace", "--place", "City Hall", "--point", "question: Who pays?", "--point",
        "aim: Peace", "--summary", "A forum",
      ])
    case "contact": try pioc(["set", "3f2a", "--phone", "+57 1 5550100", "--note", "Calls back"])
    default: try pioc(["set", "3f2a", "--edition", "2nd"])
    }
  }

  /// Two cities that wrote without seeing each other; `--keep` and `--delete` need one that deleted.
  private func conflict() throws {
    guard let id = Self.record else { throw TestError("no id") }
    let world = try TestWorld()
    let (bogota, durban) = (try world.city("bogota"), try world.city("durban", file: "replica.db"))
    // Who has the change itself, and not the record as a whole, knows what it replaced.
    try bogota.sync()
    try durban.sync()
    let isMerge = words.contains("--merge")
    try bogota.put(id, "title", isMerge ? "Peace forum in the city" : "Peace forum")
    try bogota.sync()
    try durban.sync()
    if words.contains("--keep") || words.contains("--delete") {
      try bogota.edit(id) { $0.delete() }
    } else {
      try bogota.put(id, "title", isMerge ? "Peace forum in our city" : "Peace forum in Bogotá")
    }
    try durban.put(id, "title", isMerge ? "Great peace forum in the city" : "Peace forum in Durban")
    try bogota.sync()
    try durban.sync()
    try take(durban, world)
  }

  /// A change that the hub refused, at the place that the examples name.
  private func rejected() throws {
    guard let id = Self.record else { throw TestError("no id") }
    let world = try TestWorld()
    let city = try world.city("bogota", file: "replica.db")
    let number = words.compactMap { Int($0) }.first ?? 12
    for round in 1..<number { try city.put(id, "title", .string(Text("Peace forum \(round)"))) }
    // What the rules here allow, a hub of a newer version may refuse; only then 'retry' has something to do.
    try city.put(id, "summary", "As good as any")
    let connection = city.replica.store.connection
    try connection.run("UPDATE log SET fate = 2, flags = 0 WHERE pos = ?1", .integer(Int64(number)))
    try connection.run(
      "INSERT INTO verdict(pos, code, detail) VALUES(?1, 'invalid-field', 'summary: too long')", .integer(Int64(number))
    )
    guard try city.replica.rejected().count == 1 else { throw TestError("nothing was refused") }
    try take(city, world)
  }

  private func take(_ city: TestCity, _ world: TestWorld) throws {
    try city.replica.close()
    let file = programs.folder.path("city") + "/replica.db"
    try FileManager.default.copyItem(atPath: world.folder.path("replica.db"), toPath: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    self.world = world
  }

  /// What a person at a terminal answers where an example asks, and what it shows then.
  private var answer: (question: String, text: String, shows: String)? {
    switch example {
    case "pioc resolve": ("q stop: ", "1", "1 conflict settled, none left")
    case "pioc resolve 3f2a --merge": ("[y/N] ", "y", "Great peace forum in our city")
    default: nil
    }
  }

  /// Runs the example as it is pasted: in a shell, or at a terminal where a person has to answer or to end it.
  func run() throws -> Programs.Result {
    if let answer {
      let seat = try Seat(programs.process("pioc", words, city: "city"))
      try seat.answer(answer.question, answer.text)
      return try Self.result(seat, shows: answer.shows)
    }
    if words.contains("--watch") {
      let process = programs.process("pioc", words, city: "city")
      let seat = try Seat(process)
      try seat.wait(for: "Ctrl-C ends it")
      process.interrupt()
      let result = try Self.result(seat, shows: "Watching")
      // 130 is how Ctrl-C ends it.
      return Programs.Result(
        exitCode: result.exitCode == 130 ? 0 : result.exitCode, output: result.output, errors: result.errors)
    }
    return try paste()
  }

  private static func result(_ seat: Seat, shows text: String) throws -> Programs.Result {
    let (code, shown) = seat.end()
    guard shown.contains(text) else { throw TestError("'\(text)' is not shown, but: \(shown)") }
    return Programs.Result(exitCode: code, output: shown, errors: "")
  }

  private func paste() throws -> Programs.Result {
    var line = example
    var input = ""
    if let hub {
      line = line.replacing("https://hub.example.org", with: hub.url).replacing("http://127.0.0.1:8642", with: hub.url)
        .replacing("pioc-hub ", with: "pioc-hub --data \(programs.folder.path("hub")) ")
      if example.contains("pioc join") { input = try programs.invite("bogota") }
    }
    let invite = programs.folder.path("invite.txt")
    try input.write(toFile: invite, atomically: true, encoding: .utf8)
    let process = programs.process("pioc", [], city: example.contains("pioc init") ? nil : "city")
    var environment = process.environment ?? [:]
    environment["PATH"] = Programs.path("").path + ":" + (environment["PATH"] ?? "")
    environment["EDITOR"] = "true"
    environment["VISUAL"] = nil
    let script = "cd \(programs.folder.url.path); curl() { cat records.json; }\n\(line)\n"
    return try programs.shell("/bin/bash", script, environment: environment, input: input)
  }
}
