import Foundation
import JSON
import Sync

/// Connections that send or read so slowly that they would hold a server's means for ever, and honest ones beside them.
struct SlowBench {
  let folder: URL
  let count: Int
  let seconds: Double
  let sheet: Sheet

  func run() throws {
    let hub = try RealHub(folder: folder.appendingPathComponent("hub"))
    defer { hub.stop() }
    guard let id = ReplicaID("bench-0000w"), let reader = ReplicaID("bench-0000r") else { return }
    let (token, readerToken) = (try hub.members.join(id), try hub.members.join(reader))
    let client = try RawClient(port: hub.port)
    for body in try Corpus(replica: id, count: 1_000, seed: 7).bodies(of: 1_000) {
      _ = try client.send("POST", "/v1/changes", token: token, body: body)
    }
    let answer = try client.send("GET", Self.longAnswer, token: readerToken)
    sheet.note("the answer that is not read has \(answer.count / 1_024) KiB")
    let head = try JSON.parse(try client.send("GET", "/v1/digest", token: token))["head"]?.text?.string ?? "?"
    let honest = HonestRequests(port: hub.port, target: "/v1/digest", token: token, expected: head)
    for kind in SlowKind.allCases {
      sheet.begin("pioc-hub-\(kind)", "pioc-hub: \(count) connections that \(kind.title)")
      let target = kind == .body ? "/v1/changes" : Self.longAnswer
      try trial(
        kind, hub.identifier, hub.port, kind.opening(target: target, token: readerToken), honest)
    }
    try nginx(fileBytes: answer.count, upstream: hub.port)
  }

  private static let longAnswer = "/v1/changes?limit=1000"

  private func nginx(fileBytes: Int, upstream: UInt16) throws {
    guard let nginx = try NginxChild.start(folder: folder, sheet, fileBytes: fileBytes, upstream: upstream),
      let worker = nginx.worker
    else { return }
    defer { nginx.stop() }
    let honest = HonestRequests(port: nginx.port, target: "/small", token: nil, expected: "from nginx")
    for kind in SlowKind.allCases {
      sheet.begin("nginx-\(kind)", "nginx: \(count) connections that \(kind.title) (yardstick)")
      let target = kind == .body ? "/body" : "/file"
      try trial(kind, worker, nginx.port, kind.opening(target: target, token: nil), honest)
    }
  }

  private func trial(
    _ kind: SlowKind, _ process: Int32, _ port: UInt16, _ opening: [UInt8], _ honest: HonestRequests
  ) throws {
    try SlowTrial(
      kind: kind, count: count, seconds: seconds, process: process, port: port, opening: opening, honest: honest,
      sheet: sheet
    ).run()
  }
}
