import Foundation
import JSON
import Terminal

/// Runs the real programs for the demo and shows what a person would have seen.
final class DemoStage {
  let folder: URL
  let hub: DemoHub
  private let output: Output
  private let programs: URL

  /// What a command came to.
  struct Result {
    let exitCode: Int32
    let output: String
  }

  init(folder: URL, output: Output) {
    self.folder = folder
    self.output = output
    programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    hub = DemoHub(
      program: programs.appendingPathComponent("pioc-hub"), folder: folder.appendingPathComponent("hub"))
  }

  /// A heading of the story.
  func chapter(_ text: String) { output.write("\n" + output.style.bold(text) + "\n") }

  /// A sentence of the story.
  func say(_ text: String) { output.write(text + "\n") }

  /// Something that was checked and holds.
  func checked(_ text: String) { output.write(output.style.green("ok") + " \(text)\n") }

  /// Types a command as a city would, and shows it with what it printed.
  ///
  /// - Parameters:
  ///   - city: whose replica it is.
  ///   - words: the words after `pioc`.
  ///   - expected: the exit code that the story needs.
  ///   - input: what stands on standard input.
  ///   - shows: how many lines of the output are shown.
  @discardableResult
  func type(
    _ city: String, _ words: [String], expected: Int32 = 0, input: String? = nil, shows: Int = 6
  ) throws -> String {
    let typed = "pioc " + words.map(Self.quoted).joined(separator: " ")
    output.write("  " + output.style.cyan("\(city)$ \(typed)") + "\n")
    let result = try run("pioc", words, city: city, input: input)
    show(result.output, lines: shows)
    guard result.exitCode == expected else {
      throw DemoError("'\(typed)' ended with \(result.exitCode), not \(expected)")
    }
    return result.output
  }

  /// Asks without showing it; the demo's own checks.
  func ask(_ city: String, _ words: [String]) throws -> JSON {
    let result = try run("pioc", words + ["--json"], city: city, input: nil)
    guard let json = try? JSON.parse(Array(result.output.utf8)) else {
      throw DemoError("'pioc \(words.joined(separator: " "))' printed no JSON")
    }
    return json
  }

  /// Runs a command of the hub's administrator.
  @discardableResult
  func administer(_ words: [String], isShown: Bool = true) throws -> String {
    let typed = "pioc-hub " + words.map(Self.quoted).joined(separator: " ")
    if isShown { output.write("  " + output.style.cyan("hub$ \(typed)") + "\n") }
    let result = try run("pioc-hub", words + ["--data", hub.folder.path], city: nil, input: nil)
    guard result.exitCode == 0 else { throw DemoError("'\(typed)' ended with \(result.exitCode)") }
    return result.output
  }

  /// The folder of a city's replica.
  func folder(of city: String) -> URL { folder.appendingPathComponent(city) }

  /// What to type to play on with the folder that was kept.
  func tellHowToGoOn() {
    chapter("The folder stays: \(folder.path)")
    say("Start the hub again:    pioc-hub serve --data \(hub.folder.path) --listen \(hub.url.dropFirst(7))")
    say("Go on as a city:        PIOC_DIR=\(folder(of: "bogota").path) pioc status")
    say("Remove it when done:    rm -r \(folder.path)")
  }

  private func run(_ program: String, _ words: [String], city: String?, input: String?) throws -> Result {
    let process = Process()
    process.executableURL = programs.appendingPathComponent(program)
    process.arguments = words
    var environment = ProcessInfo.processInfo.environment
    environment["NO_COLOR"] = "1"
    environment["PIOC_DIR"] = city.map { folder(of: $0).path }
    process.environment = environment
    let (printed, typed) = (Pipe(), Pipe())
    process.standardOutput = printed
    process.standardError = printed
    process.standardInput = typed
    try process.run()
    typed.fileHandleForWriting.write(Data((input ?? "").utf8))
    try typed.fileHandleForWriting.close()
    let data = printed.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(exitCode: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }

  private func show(_ text: String, lines: Int) {
    let all = text.split(separator: "\n", omittingEmptySubsequences: true)
    for line in all.prefix(lines) {
      output.write("    \(TerminalSafe.line(line.replacingOccurrences(of: "\t", with: "  ")))\n")
    }
    if all.count > lines { output.write("    … \(all.count - lines) more lines\n") }
  }

  private static func quoted(_ word: String) -> String {
    word.contains(where: { $0 == " " || $0 == "'" || $0 == "\"" }) ? "\"\(word)\"" : word
  }
}
