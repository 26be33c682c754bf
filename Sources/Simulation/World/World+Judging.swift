import Hub
import Replica
import SQLite
import Store
import Sync

/// When all is healed and quiet, everything is compared.
extension World {
  var outcome: Simulation.Outcome {
    Simulation.Outcome(breaches: breaches, marks: marks, trace: trace, acknowledged: acknowledged)
  }

  /// Judges the world at rest: by the product's own check of each city, and by the oracle, which shares nothing with it.
  func judge() throws {
    for city in cities where !city.isGone { verify(city) }
    guard startHub(), let service = hub.service else { return violate("no-rest", "the hub does not start") }
    var files: [(file: String, connection: Connection)] = []
    for city in cities where !city.isGone { files.append((city.name, try city.open().store.connection)) }
    let found = try oracle.judge(hub: service.storeForInspection.connection, replicas: files)
    for violation in found { violate(violation.name, violation.detail) }
    judgeReaders(head: service.log.head.seq)
    try judgeReplacements(service)
    var verification = HubVerification(service.storeForInspection)
    for problem in try verification.run().problems { violate("hub-verify-disagrees", problem) }
    trace.add("digest \(service.log.digest)")
  }

  /// What somebody has written over does not come back where that change was accepted.
  private func judgeReplacements(_ service: HubService) throws {
    let store = service.storeForInspection
    for replacement in replacements {
      guard let number = try store.replicas.find(replacement.change.replica),
        let pos = try store.log.position(of: replacement.change, replica: number),
        try isAccepted(pos, store),
        let record = try store.records.find(replacement.record)
      else { continue }
      for cell in record.state.cells(at: replacement.path) where replacement.replaced.contains(cell.name) {
        violate("replaced-value-came-back", "\(cell.name) at \(replacement.path), replaced by \(replacement.change)")
      }
    }
  }

  /// Whether the change that stands here is accepted; one that stands twice has the fate of its first place.
  private func isAccepted(_ pos: Int64, _ store: Store) throws -> Bool {
    guard let row = try store.log.row(pos) else { return false }
    return row.fate == .duplicate ? try store.log.row(row.prev)?.fate == .applied : row.fate == .applied
  }

  private func verify(_ city: CityMachine) {
    var stream = SeededStream(seed: seed, purpose: "verify")
    for _ in 0..<3 {
      guard var check = command(city, "verify", { try Verification(replica: $0) }) else { return }
      loop: for _ in 0..<200 {
        switch command(city, "verify", { _ in try check.next() }) {
        case .finished(let outcome)?:
          if !outcome.agrees { violate("verify-disagrees", city.name) }
          return
        case .syncFirst?: break loop
        case .send(let call)?:
          guard let reply = exchange([outgoing(city, call)], .calm, &stream)[0].reply else {
            return violate("no-rest", "\(city.name) gets no answer to its check")
          }
          guard command(city, "verify", { _ in try check.receive(reply, at: now(city)) }) != nil else {
            return violate("no-rest", "\(city.name) cannot take an answer to its check")
          }
        case nil: return violate("no-rest", "\(city.name) cannot be checked")
        }
      }
      sync([city], .calm, 0)
    }
    violate("no-rest", "\(city.name) finds something to sync again and again")
  }

  /// Looks at the hub's file after it died.
  func check(_ hub: HubMachine) {
    quietly(hub.disk) {
      guard startHub(), let service = hub.service else { return violate("no-recovery", "the hub does not start") }
      examine(service.storeForInspection.connection, "hub", isHub: true)
    }
  }

  /// Looks at a city's file after it died.
  func check(_ city: CityMachine) {
    quietly(city.disk) {
      do {
        examine(try city.open().store.connection, city.name, isHub: false)
      } catch {
        violate("no-recovery", "\(city.name): \(error)")
      }
    }
  }

  private func examine(_ connection: Connection, _ file: String, isHub: Bool) {
    do {
      for violation in try oracle.check(connection, file: file, isHub: isHub) {
        violate(violation.name, violation.detail)
      }
    } catch {
      violate("no-recovery", "\(file): \(error)")
    }
  }
}
