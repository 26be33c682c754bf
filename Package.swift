// swift-tools-version: 6.3
// Targets are listed bottom-up: a target may depend only on those above it.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library target of this package.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A program of this package.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one target, or of the programs.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: settings)
}

/// libFuzzer's program, a build of its own (`.ci/fuzz`): its main function is libFuzzer's.
let fuzzer: [Target] =
  Context.environment["PEACESYNC_FUZZ"] == nil ? [] : [program("fuzz", ["FuzzTargets"])]

let package = Package(
  name: "PeaceSync",
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLinux"),
    library("SQLite", ["CSQLite"]),
    library("JSON"),
    library("Crypto"),
    library("CSV"),
    library("Sync", ["JSON", "Crypto"]),
    library("Records", ["Sync", "JSON", "CSV"]),
    library("Store", ["SQLite", "Sync", "Records", "JSON", "Crypto"]),
    library("HTTP"),
    library("Net", ["HTTP", "CLinux"]),
    library("Hub", ["Store", "SQLite", "Net", "HTTP", "Records", "Sync", "JSON", "Crypto"]),
    library("Replica", ["Store", "SQLite", "HTTP", "Records", "Sync", "JSON", "Crypto"]),
    library("Terminal"),
    .executableTarget(
      name: "pioc",
      dependencies: ["Replica", "Records", "Store", "SQLite", "Terminal", "Sync", "JSON", "Crypto"],
      resources: [.embedInCode("Demo/pioc-sample.json")], swiftSettings: settings),
    program("pioc-hub", ["Crypto", "Hub", "Replica", "Terminal", "HTTP", "Store", "SQLite", "Sync", "JSON"]),
    program(
      "bench",
      ["Hub", "Replica", "Terminal", "Net", "HTTP", "CLinux", "Store", "SQLite", "Records", "Sync", "JSON", "Crypto"]),
    library("Simulation", ["Hub", "Replica", "Store", "SQLite", "CSQLite", "HTTP", "Sync", "JSON", "Crypto"]),
    program("simulate", ["Simulation", "SQLite", "Terminal"]),
    .target(
      name: "TestKit", dependencies: ["Hub", "Replica", "Store", "HTTP", "Sync", "JSON", "Crypto"],
      path: "Tests/TestKit", swiftSettings: settings),
    // What parses bytes from outside, and what must hold of it for any bytes; the tests and the fuzzer share it.
    .target(
      name: "FuzzTargets", dependencies: ["Hub", "Records", "HTTP", "Sync", "JSON", "Crypto"],
      path: "Tests/FuzzTargets", swiftSettings: settings),
    tests("Corpus", ["FuzzTargets"]),
    tests("JSON", ["FuzzTargets", "JSON"]),
    tests("Crypto", ["Crypto"]),
    tests("CSV", ["TestKit", "CSV"]),
    tests("SQLite", ["SQLite"]),
    tests("HTTP", ["HTTP"]),
    tests("Net", ["Net", "HTTP"]),
    tests("Terminal", ["Terminal"]),
    tests("Sync", ["Sync", "JSON", "Crypto"]),
    tests("Records", ["TestKit", "Records", "Sync", "JSON"]),
    tests("Store", ["TestKit", "Replica", "Store", "SQLite", "Records", "Sync", "JSON", "Crypto"]),
    tests("Hub", ["TestKit", "Hub", "Replica", "Store", "SQLite", "HTTP", "Net", "Records", "Sync", "JSON", "Crypto"]),
    tests(
      "Simulation", ["Simulation", "TestKit", "Replica", "Hub", "Store", "SQLite", "CSQLite", "Sync", "JSON", "Crypto"]),
    tests("Program", ["TestKit", "Replica", "Store", "SQLite", "Sync", "pioc", "pioc-hub", "JSON"]),
    tests("Replica", ["TestKit", "Replica", "Records", "Hub", "Store", "SQLite", "Sync", "JSON", "Crypto"]),
  ] + fuzzer
)
