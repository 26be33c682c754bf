import Foundation

/// A copy of the project in which the mutants sleep, and its build.
struct MutantBuild {
  /// The folder of the project.
  let project: URL
  private var copy: URL { project.appendingPathComponent(".build/mutants") }

  /// Copies, exchanges the texts and builds; the program that can be told a mutant's name.
  func make(_ mutants: [Mutant], say: (String) -> Void) throws -> URL {
    let files = FileManager.default
    try? files.removeItem(at: copy.appendingPathComponent("Sources"))
    try files.createDirectory(at: copy, withIntermediateDirectories: true)
    try files.copyItem(
      at: project.appendingPathComponent("Sources"), to: copy.appendingPathComponent("Sources"))
    try writeManifest()
    try writeSwitch()
    for (file, mutants) in Dictionary(grouping: mutants, by: \.file) { try exchange(in: file, mutants) }
    say("Building the engine with \(mutants.count) mutants asleep (some minutes the first time) …")
    try build()
    return copy.appendingPathComponent(".build/release/simulate")
  }

  /// The manifest without tests, each target with the switch.
  private func writeManifest() throws {
    let url = project.appendingPathComponent("Package.swift")
    var text = try String(contentsOf: url, encoding: .utf8)
    let library = ".target(name: name, dependencies: dependencies, swiftSettings: settings)"
    guard text.contains(library), let targets = text.range(of: "  targets: [\n"),
      let tests = text.range(of: "    .target(\n      name: \"TestKit\"")
    else { throw MutantError("Package.swift has changed: the manifest of the copy cannot be made") }
    text.replaceSubrange(tests.lowerBound..., with: "  ]\n)\n")
    text.insert(contentsOf: "    .target(name: \"Mutant\"),\n", at: targets.upperBound)
    text = text.replacing(
      library, with: ".target(name: name, dependencies: dependencies + [\"Mutant\"], swiftSettings: settings)")
    // An import that a file does not need is a warning, and so is a variable that only the original reads.
    text = text.replacing("  .treatAllWarnings(as: .error),\n", with: "")
    try text.write(to: copy.appendingPathComponent("Package.swift"), atomically: true, encoding: .utf8)
  }

  private func writeSwitch() throws {
    let folder = copy.appendingPathComponent("Sources/Mutant")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      import Glibc
      private let name = getenv("PEACESYNC_MUTANT").map { String(cString: $0) } ?? ""
      public func mutantIsOn(_ wanted: String) -> Bool { name == wanted }
      """
    try text.write(to: folder.appendingPathComponent("Mutant.swift"), atomically: true, encoding: .utf8)
  }

  private func exchange(in file: String, _ mutants: [Mutant]) throws {
    let url = copy.appendingPathComponent("Sources/\(file)")
    var text = try String(contentsOf: url, encoding: .utf8)
    for mutant in mutants {
      guard text.ranges(of: mutant.original).count == 1 else {
        throw MutantError(
          "mutant '\(mutant.name)': its original stands \(text.ranges(of: mutant.original).count) times in \(file)")
      }
      text = text.replacing(
        mutant.original, with: mutant.mutated.replacing("MUTANT", with: "mutantIsOn(\"\(mutant.name)\")"))
    }
    try ("import Mutant\n" + text).write(to: url, atomically: true, encoding: .utf8)
  }

  private func build() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift", "build", "-c", "release", "--product", "simulate", "--package-path", copy.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { $0.contains("error:") }
      throw MutantError("the copy does not build:\n" + lines.prefix(20).joined(separator: "\n"))
    }
  }
}

/// The mutants cannot be made.
struct MutantError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
