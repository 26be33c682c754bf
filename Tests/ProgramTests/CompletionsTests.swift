import Foundation
import TestKit
import Testing

@Suite("Completions")
struct CompletionsTests {
  private let programs: Programs

  init() throws {
    programs = try Programs()
    for words in [
      ["init", "--member", "bogota"], ["event", "add", "--title", "Foro de paz en Bogotá", "--when", "2027-03-01"],
      ["event", "add", "--title", "Taller 'paz' $HOME", "--when", "2027-03-01"],
      ["contact", "add", "--kind", "org", "--name", "Ciudad de Palmira"],
    ] {
      let result = try programs.pioc("city", words)
      guard result.exitCode == 0 else { throw TestError(result.errors) }
    }
  }

  private func candidates(_ words: String...) throws -> [String] {
    let result = try programs.pioc("city", ["__complete", "--"] + words)
    #expect(result.exitCode == 0)
    #expect(result.errors.isEmpty)
    return result.output.split(separator: "\n").map(String.init)
  }

  private func words(_ words: String...) throws -> [String] {
    try programs.pioc("city", ["__complete", "--"] + words).output.split(separator: "\n").compactMap {
      $0.split(separator: "\t").first.map(String.init)
    }
  }

  @Test("verbs, options and their values follow")
  func followers() throws {
    #expect(try words("sta") == ["status"])
    #expect(try words("event", "s") == ["show", "set"])
    #expect(try !words("").contains("__complete"))
    #expect(try words("event", "list", "--fr") == ["--from"])
    #expect(try words("event", "add", "--mode", "") == ["in-person", "online", "hybrid"])
    #expect(try words("event", "add", "--mode", "=", "o") == ["online"])
    #expect(try words("export", "--format", "") == ["json", "csv"])
    #expect(try words("export", "--visibility", "n") == ["network"])
    #expect(try words("export", "-o", "") == [":files"])
    #expect(try words("import", "--kind", "") == ["event", "contact", "publication"])
    #expect(try words("import", "--on-duplicate", "") == ["skip", "update", "new"])
    #expect(try words("event", "add", "--visibility", "") == ["network", "public"])
    #expect(try words("completions", "") == ["bash", "zsh", "fish"])
    #expect(try words("list", "c") == ["contacts"])
    #expect(try words("import", "") == [":files"])
    #expect(try words("event", "set", "x", "--clear", "ti") == ["title"])
  }

  @Test("ids come with their titles, of the kind that is meant")
  func ids() throws {
    let all = try candidates("show", "")
    #expect(all.count == 3)
    #expect(all.contains { $0.hasSuffix("\tForo de paz en Bogotá") })
    #expect(try candidates("contact", "show", "").map { $0.split(separator: "\t").last } == ["Ciudad de Palmira"])
    #expect(try candidates("event", "show", "bogo").count == 1)
    #expect(try candidates("restore", "").isEmpty)
    #expect(try candidates("event", "add", "--participant", "").count == 1)
    let id = try #require(try words("event", "show", "bogo").first)
    #expect(try words("event", "show", id) == [id])
  }

  @Test("without a replica there are no ids and no complaints")
  func nowhere() throws {
    let result = try programs.run("pioc", ["__complete", "--", "show", ""])
    #expect(result.exitCode == 0)
    #expect(result.output.isEmpty)
    #expect(result.errors.isEmpty)
  }

  /// Runs a shell with the programs on its path.
  private func shell(_ program: String, _ script: String) throws -> Programs.Result {
    var environment = programs.process("/bin/bash", [], city: "city").environment ?? [:]
    environment["PATH"] = Programs.path("").path + ":" + (environment["PATH"] ?? "")
    environment["LC_ALL"] = "C.UTF-8"
    return try programs.shell(program, script, environment: environment)
  }

  @Test("bash completes by them")
  func bash() throws {
    let id = try #require(try words("event", "show", "bogo").first)
    let result = try shell(
      "/bin/bash",
      """
      source <(pioc completions bash)
      try() { COMP_WORDS=(pioc "$@"); COMP_CWORD=$#; COMPREPLY=(); _pioc 2>/dev/null; printf '%s\\n' "${COMPREPLY[@]}" --; }
      try event sho; try show bogo; try event list --whe; try event show ''; try event set x --add are
      complete -p pioc
      """)
    let parts = result.output.components(separatedBy: "--\n").map { $0.split(separator: "\n").map(String.init) }
    #expect(parts[0] == ["show"], "\(result.output)\(result.errors)")
    #expect(parts[1] == [id])
    #expect(parts[2] == ["--when"])
    #expect(parts[3].count == 2)
    #expect(parts[3].contains { $0.hasPrefix(id) && $0.contains("(Foro de paz en Bogotá)") })
    #expect(parts[4] == ["area="])
    #expect(parts[5] == ["complete -F _pioc pioc"])
  }

  @Test("zsh takes the script", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh")))
  func zsh() throws {
    let result = try shell(
      "/usr/bin/zsh",
      """
      autoload -Uz compinit && compinit -u -D
      source <(pioc completions zsh)
      print -- "${_comps[pioc]}"
      compadd() { shift $(( ${@[(i)--]} )); print -- "$@"; }
      words=(pioc event sho) CURRENT=3; _pioc
      words=(pioc show bogo) CURRENT=3; _pioc
      """)
    let id = try #require(try words("event", "show", "bogo").first)
    #expect(result.output.split(separator: "\n").map(String.init) == ["_pioc", "show", id], "\(result.errors)")
  }

  @Test("fish completes by them", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fish")))
  func fish() throws {
    let result = try shell(
      "/usr/bin/fish",
      "pioc completions fish | source\ncomplete -C 'pioc event sho'\ncomplete -C 'pioc contact show '\n")
    #expect(result.output.contains("show\tShow all of an event"), "\(result.output)\(result.errors)")
    #expect(result.output.contains("Ciudad de Palmira"))
  }
}
