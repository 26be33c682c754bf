import Foundation
import JSON
import Replica
import Store
import Sync

/// The client as its user meets it: whole processes on a replica of many records, beside `git status` of this run.
struct ClientBench {
  let folder: URL
  let count: Int
  let sheet: Sheet

  /// How often each command is run.
  private static let rounds = 30
  /// How many files the repository has.
  private static let files = 10_000

  func run() throws {
    let pioc = try WholeProcess.beside("pioc")
    let replica = folder.appendingPathComponent("replica")
    let id = try fill(replica, pioc)
    try reading(pioc, replica, id)
    try editing(pioc, replica, id)
  }

  /// A hub with all records, and a replica that took them from it; the id of one.
  private func fill(_ replica: URL, _ pioc: WholeProcess) throws -> RecordID {
    sheet.begin("sync", "A replica of \(count) records, taken from a hub")
    let hub = try RealHub(folder: folder.appendingPathComponent("hub"))
    defer { hub.stop() }
    guard let writer = ReplicaID("bench-0000a") else { throw BenchError("no id") }
    let corpus = try Corpus(replica: writer, count: count, seed: 11, changesEach: 1)
    let token = try hub.members.join(writer)
    let client = try RawClient(port: hub.port)
    for body in corpus.bodies(of: 1_000) { _ = try client.send("POST", "/v1/changes", token: token, body: body) }
    let invite = folder.appendingPathComponent("invite")
    try Data(try hub.members.invite().utf8).write(to: invite)
    let url = "http://127.0.0.1:\(hub.port)"
    try pioc.run(["--dir", replica.path, "join", url, "--member", "bench", "--invite", invite.path])
    let seconds = try Stopwatch.time { try pioc.run(["--dir", replica.path, "sync"]) }
    sheet.figure("syncSeconds", "pioc sync, the first", seconds, "s")
    return corpus.changes[count / 2].record
  }

  private func reading(_ pioc: WholeProcess, _ replica: URL, _ id: RecordID) throws {
    sheet.begin("reading", "Reading: whole processes, half of \(Self.rounds) runs took no longer")
    let git = try GitRepository(folder: folder.appendingPathComponent("repository"), files: Self.files)
    let dir = ["--dir", replica.path]
    let commands: [(key: String, name: String, words: [String])] = [
      ("version", "pioc --version (a start alone)", ["--version"]),
      ("status", "pioc status", dir + ["status"]),
      ("list", "pioc event list", dir + ["event", "list"]),
      ("show", "pioc show ID", dir + ["show", id.text.string]),
      ("searchRare", "pioc search, a word in one record", dir + ["search", "\(count / 2)"]),
      ("searchCommon", "pioc search, two words in most of them", dir + ["search", "paz", "city"]),
      ("complete", "pioc __complete (a tab after 'show')", dir + ["__complete", "--", "show", "paz"]),
    ]
    // In turns, so that whatever else the machine does falls on all of them.
    var times = Array(repeating: [Double](), count: commands.count)
    var (yardstick, start): ([Double], [Double]) = ([], [])
    for _ in 0..<Self.rounds {
      yardstick.append(try git.status())
      start.append(try git.version())
      for (index, command) in commands.enumerated() { times[index].append(try pioc.seconds(command.words)) }
    }
    let status = Quantiles(yardstick)
    figure("gitVersion", "git --version (a start alone)", Quantiles(start), beside: nil)
    figure("gitStatus", "git status, \(Self.files) files (yardstick)", status, beside: nil)
    for (index, command) in commands.enumerated() {
      figure(command.key, command.name, Quantiles(times[index]), beside: status)
    }
  }

  /// An edit, beside a process that starts and one that only writes as much with plain SQLite.
  private func editing(_ pioc: WholeProcess, _ replica: URL, _ id: RecordID) throws {
    sheet.begin("editing", "Writing: an edit is durable when the command ends")
    let local = try LocalReplica(path: replica.appendingPathComponent("replica.db").path)
    let bytes = try local.record(id)?.state.canonicalBytes() ?? []
    try local.close()
    let plain = try PlainStates(path: folder.appendingPathComponent("plain-edits.db").path)
    _ = try plain.write(
      (0..<1_000).map { (id: [UInt8($0 % 250), UInt8($0 / 250)], bytes: bytes) }, perTransaction: 1_000)
    var (edits, transactions): ([Double], [Double]) = ([], [])
    for round in 0..<Self.rounds {
      var row = (id: [UInt8(round % 250), UInt8(1)], bytes: bytes)
      if !row.bytes.isEmpty { row.bytes[row.bytes.count - 1] = UInt8(truncatingIfNeeded: round) }
      transactions.append(try plain.write([row], perTransaction: 1))
      edits.append(
        try pioc.seconds(["--dir", replica.path, "event", "set", id.text.string, "--summary", "Round \(round)"]))
    }
    figure("plainTransaction", "plain SQLite, one durable row (yardstick)", Quantiles(transactions), beside: nil)
    figure("edit", "pioc event set", Quantiles(edits), beside: nil)
  }

  private func figure(_ key: String, _ name: String, _ times: Quantiles, beside yardstick: Quantiles?) {
    sheet.figure(key + "Milliseconds", name, times.median * 1e3, "ms")
    sheet.figure(key + "BestMilliseconds", "  the best", times.first * 1e3, "ms")
    if let yardstick {
      sheet.figure(key + "Ratio", "  of git status", times.median / yardstick.median, "times")
    }
  }
}
