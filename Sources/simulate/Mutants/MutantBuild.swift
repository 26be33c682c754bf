import Foundation

/// A copy of the project in which the mutants sleep, and its build.
struct MutantBuild {
  /// The folder of the project.
  let project: URL
  private var copy: URL { project.appendingPathComponent(".build/mutants") }

  /// Copies, exchanges the texts and builds; the program that can be told a mutant's name.
  func make(_ mutants: [Mutant], say: (String) -> Void) throws -> URL {
    var texts: [String: String] = [:]
    for (file, mutants) in Dictionary(grouping: mutants, by: \.file) { texts[file] = try exchanged(file, mutants) }
    texts["Mutant/Mutant.swift"] = Self.wakening
    try synchronize(texts)
    try write(Data(try manifest().utf8), to: copy.appendingPathComponent("Package.swift"))
    say("Building the engine with \(mutants.count) mutants asleep (some minutes the first time) …")
    try build()
    return copy.appendingPathComponent(".build/release/simulate")
  }

  /// Makes the copy's sources like the project's, but for these texts; what is so already is left alone, so that it need
  /// not be built again.
  private func synchronize(_ texts: [String: String]) throws {
    let (from, to) = (project.appendingPathComponent("Sources"), copy.appendingPathComponent("Sources"))
    let files = FileManager.default
    let wanted = Set(try files.subpathsOfDirectory(atPath: from.path)).union(texts.keys)
    for path in (try? files.subpathsOfDirectory(atPath: to.path)) ?? [] where !wanted.contains(path) && path != "Mutant"
    {
      try? files.removeItem(at: to.appendingPathComponent(path))
    }
    for path in wanted.sorted() {
      if let text = texts[path] {
        try write(Data(text.utf8), to: to.appendingPathComponent(path))
      } else if let data = files.contents(atPath: from.appendingPathComponent(path).path) {
        try write(data, to: to.appendingPathComponent(path))
      }
    }
  }

  private func write(_ data: Data, to url: URL) throws {
    if FileManager.default.contents(atPath: url.path) == data { return }
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// The manifest without tests, each target with the switch.
  private func manifest() throws -> String {
    var text = try String(contentsOf: project.appendingPathComponent("Package.swift"), encoding: .utf8)
    let library = ".target(name: name, dependencies: dependencies, swiftSettings: settings)"
    guard text.contains(library), let targets = text.range(of: "  targets: [\n"),
      let tests = text.range(of: "    .target(\n      name: \"TestKit\"")
    else { throw MutantError("Package.swift has changed: the manifest of the copy cannot be made") }
    text.replaceSubrange(tests.lowerBound..., with: "  ]\n)\n")
    text.insert(contentsOf: "    .target(name: \"Mutant\"),\n", at: targets.upperBound)
    text = text.replacing(
      library, with: ".target(name: name, dependencies: dependencies + [\"Mutant\"], swiftSettings: settings)")
    // An import that a file does not need is a warning, and so is a variable that only the original reads.
    return text.replacing("  .treatAllWarnings(as: .error),\n", with: "")
  }

  /// The switch, as the copy has it.
  private static let wakening = """
    import Glibc
    private let name = getenv("PEACESYNC_MUTANT").map { String(cString: $0) } ?? ""
    public func mutantIsOn(_ wanted: String) -> Bool { name == wanted }
    """

  /// A source file with its mutants in it.
  private func exchanged(_ file: String, _ mutants: [Mutant]) throws -> String {
    var text = try String(contentsOf: project.appendingPathComponent("Sources/\(file)"), encoding: .utf8)
    for mutant in mutants {
      let count = text.ranges(of: mutant.original).count
      guard count == 1 else {
        throw MutantError("mutant '\(mutant.name)': its original stands \(count) times in \(file)")
      }
      text = text.replacing(
        mutant.original, with: mutant.mutated.replacing("MUTANT", with: "mutantIsOn(\"\(mutant.name)\")"))
    }
    return "import Mutant\n" + text
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
