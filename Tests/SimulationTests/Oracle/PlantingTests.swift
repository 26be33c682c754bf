import Simulation
import Testing

/// Every planted defect is found under its name.
enum Plantings {}

@Suite("The oracle finds planted defects", .serialized)
struct PlantingTests {
  @Test("it finds nothing where nothing is planted")
  func nothing() throws {
    let world = try SettledWorld.shared.get()
    try world.open { files in
      var oracle = world.oracle
      let found = try oracle.judge(hub: files.hub, replicas: files.replicas)
      #expect(found == [])
      var busy = world.busyOracle
      let foundAtHub = try busy.check(files.hub, file: "hub", isHub: true)
      let foundAtBogota = try busy.check(files.busy, file: world.files[0], isHub: false)
      #expect(foundAtHub + foundAtBogota == [])
    }
  }

  @Test("in a world at rest", arguments: Plantings.hubLog + Plantings.hubRecords + Plantings.replica)
  func rest(_ planting: Planting) throws {
    let world = try SettledWorld.shared.get()
    try world.open { files in
      try planting.plant(files)
      var oracle = world.oracle
      let found = try oracle.judge(hub: files.hub, replicas: files.replicas)
      #expect(found.contains { $0.kind == planting.kind }, "found \(found)")
    }
  }

  @Test("in a file with unsent work", arguments: Plantings.busy)
  func busy(_ planting: Planting) throws {
    let world = try SettledWorld.shared.get()
    try world.open { files in
      try planting.plant(files)
      var oracle = world.busyOracle
      _ = try oracle.check(files.hub, file: "hub", isHub: true)
      let found = try oracle.check(files.busy, file: world.files[0], isHub: false)
      #expect(found.contains { $0.kind == planting.kind }, "found \(found)")
    }
  }

  @Test("every kind of violation is planted somewhere")
  func kinds() {
    let planted = Set(
      (Plantings.hubLog + Plantings.hubRecords + Plantings.replica + Plantings.busy).map(\.kind))
    // These are planted one by one in the tests of promises.
    let others: Set<ViolationKind> = [
      .damagedFile, .historyShortened, .historyRewritten, .unaskedWrite, .overwroteUnseen, .doneTwice, .wrongAnswer,
      .readerLacks,
    ]
    #expect(planted.union(others) == Set(ViolationKind.allCases))
  }
}
