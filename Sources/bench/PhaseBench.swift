import Crypto
import Foundation
import Hub
import JSON
import Records
import Store
import Sync

/// Where the time of a change goes, in one thread and without a network.
struct PhaseBench {
  let folder: URL
  let count: Int

  func run() throws {
    Report.heading("Where the time goes, one thread, \(count) changes (µs a change)")
    guard let id = ReplicaID("bench-0000e") else { return }
    let corpus = try Corpus(replica: id, count: count, seed: 3)
    let bodies = corpus.bodies(of: 1_000)
    var batches: [[Offer]] = []
    let decoding = try Stopwatch.time { batches = try bodies.map { try Batch.read(body: $0).map(Offer.init) } }
    figure("read: scan, decode, hash, check", decoding)
    figure("  of which SHA-256", Stopwatch.time { for change in corpus.changes { _ = SHA256.hash(change.bytes) } })
    figure(
      "  of which the rules of the fields",
      Stopwatch.time { for change in corpus.changes { try? RecordRules.check(change) } })
    figure("merge, write and hash the states", Stopwatch.time { merge(corpus) })
    let log = try HubLog(
      store: Store(path: folder.appendingPathComponent("phases.db").path, role: .hub), newID: "benchbench")
    let taking = try Stopwatch.time {
      for batch in batches { try log.transaction { _ = try log.take(batch, from: id, now: 1_800_000_000_000) } }
    }
    figure("take: decide, merge, store, commit", taking)
  }

  private func merge(_ corpus: Corpus) {
    var states: [RecordID: RecordState] = [:]
    for change in corpus.changes {
      var state = states[change.record] ?? RecordState(record: change.record, kind: change.kind)
      state.apply(change, time: change.at)
      _ = SHA256.hash(state.canonicalBytes())
      states[change.record] = state
    }
  }

  private func figure(_ name: String, _ seconds: Double) {
    Report.figure(name, seconds / Double(count) * 1e6, "µs")
  }
}
