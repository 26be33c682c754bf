import Foundation
import Hub
import JSON
import Replica
import Store
import Sync

/// A replica by itself: edits by hand, each durable before it is acknowledged.
struct LocalBench {
  let folder: URL
  let count: Int

  func run() throws {
    Report.heading("A replica: \(count) edits, one durable transaction each")
    guard let id = ReplicaID("bench-0000d") else { return }
    let replica = try LocalReplica.create(path: folder.appendingPathComponent("local.db").path, id: id)
    let records = (0..<100).map { RecordID(milliseconds: 1_700_000_000_000 + Int64($0), random: HubProcess.random(10)) }
    let text = Text(String(repeating: "paz y ciudad ", count: 20))
    for (index, record) in records.enumerated() {
      try replica.edit(record, kind: "event", at: Int64(index)) { draft in
        draft.put("title", .string(Text("Event \(index)")))
        draft.put("description", .string(text))
      }
    }
    let edits = try Stopwatch.time {
      for n in 0..<count {
        try replica.edit(records[n % 100], kind: "event", at: Int64(n)) { $0.put("title", .string(Text("Title \(n)"))) }
      }
    }
    let states = try records.map { record -> (id: [UInt8], bytes: [UInt8]) in
      (record.bytes, try replica.record(record)?.state.canonicalBytes() ?? [])
    }
    // SQLite does not write a row that says what it said before: each must differ, as edits do.
    let rows = (0..<count).map { n -> (id: [UInt8], bytes: [UInt8]) in
      var row = states[n % 100]
      if !row.bytes.isEmpty { row.bytes[row.bytes.count - 1] = UInt8(truncatingIfNeeded: n) }
      return row
    }
    let plain = try PlainStates(path: folder.appendingPathComponent("plain.db").path).write(rows, perTransaction: 1)
    Report.rate("local edits", count: count, seconds: edits, yardstick: plain, unit: "edits/s")
  }
}
