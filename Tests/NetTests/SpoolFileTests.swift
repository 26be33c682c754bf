import Foundation
import HTTP
import Net
import Testing

@Suite("Bodies in files without names")
struct SpoolFileTests: ~Copyable {
  private let path: String

  init() throws {
    path = NSTemporaryDirectory() + "SpoolFileTests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) } }

  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? ["?"] }

  @Test("what was appended is read back from any place, and no file has a name")
  func readBack() {
    let spool = SpoolFile(SpoolFolder(path: path), limit: 1_000_000)
    #expect(spool.read(at: 0, count: 10) == [])
    let all = Self.bytes(200_000)
    for start in stride(from: 0, to: all.count, by: 70_000) {
      #expect(spool.append(Array(all[start..<min(all.count, start + 70_000)])))
    }
    #expect(spool.count == all.count)
    #expect(spool.read(at: 0, count: 1 << 40) == all)
    #expect(spool.read(at: 69_999, count: 3) == Array(all[69_999..<70_002]))
    #expect(spool.read(at: 199_999, count: 5) == [all[199_999]])
    #expect(spool.read(at: 200_000, count: 5) == [])
    #expect(spool.read(at: -1, count: 5) == [])
    #expect(names.isEmpty)
  }

  @Test("its limit and the folder's hold, and what is let go gives its room back")
  func limits() {
    let folder = SpoolFolder(path: path, limit: 1_000)
    let first = SpoolFile(folder, limit: 600)
    #expect(first.append(Self.bytes(600)))
    #expect(!first.append([1]))
    #expect(first.count == 600)
    do {
      let second = SpoolFile(folder, limit: 600)
      #expect(!second.append(Self.bytes(401)))
      #expect(second.append(Self.bytes(400)))
      #expect(folder.usedBytes == 1_000)
    }
    #expect(folder.usedBytes == 600)
    #expect(SpoolFile(folder, limit: 600).append(Self.bytes(400)))
  }

  @Test("without its folder nothing is taken")
  func noFolder() {
    let folder = SpoolFolder(path: path + "/none")
    #expect(!SpoolFile(folder, limit: 10).append([1]))
    #expect(folder.usedBytes == 0)
  }

  @Test("a server takes a long body and gives a long answer")
  func server() throws {
    let folder = SpoolFolder(path: path)
    let running = try RunningServer(
      handler: { request, answer in
        var response = HTTPResponse(status: 200, body: request.body)
        response.spool = request.spool
        answer(response)
      }, allowance: { _ in BodyAllowance(limit: 1 << 26, spool: SpoolFile(folder, limit: 1 << 26)) })
    let body = Self.bytes(20_000_000)
    let client = try running.client()
    for _ in 0..<2 {
      try client.send("POST", "/", body: body)
      #expect(try client.receive().body == body)
    }
    #expect(names.isEmpty)
  }
}
