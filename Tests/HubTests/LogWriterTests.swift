import Foundation
import HTTP
@testable import Hub
import JSON
import Net
import TestKit
import Testing

@Suite("The writer of the log")
struct LogWriterTests {
  private static func line(_ number: Int) -> [UInt8] { Array("line \(number)\n".utf8) }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A pipe that is full already.
  private static func fullPipe() throws -> Pipe {
    let pipe = Pipe()
    let raw = pipe.fileHandleForWriting.fileDescriptor
    let flags = fcntl(raw, F_GETFL)
    _ = fcntl(raw, F_SETFL, flags | O_NONBLOCK)
    while write(raw, "x", 1) == 1 {}
    _ = fcntl(raw, F_SETFL, flags)
    return pipe
  }

  @Test("lines beyond the room are counted, and a line tells of them in the place where they would have stood")
  func bounded() {
    var buffer = LineBuffer(capacity: 70)
    for number in 0..<10 { buffer.add(Self.line(number), now: 1) }
    #expect(buffer.lost == 0)
    // What is being written takes room too.
    let first = buffer.take(now: 2)
    #expect(Self.text(first) == (0..<10).map { "line \($0)\n" }.joined())
    for number in 0..<3 { buffer.add(Self.line(number), now: 3) }
    #expect(buffer.lost == 3)
    #expect(buffer.isEmpty == false)
    buffer.written(true)
    buffer.add(Self.line(7), now: 4)
    #expect(Self.text(buffer.take(now: 5)) == "{\"time\":4,\"lost\":3}\nline 7\n")
    buffer.written(true)
    #expect(buffer.isEmpty)
    #expect(buffer.lost == 3)
    // None comes any more: the next writing tells.
    for number in 0..<12 { buffer.add(Self.line(number), now: 6) }
    #expect(Self.text(buffer.take(now: 7)).hasSuffix("line 9\n{\"time\":7,\"lost\":2}\n"))
    buffer.written(true)
    #expect(buffer.isEmpty)
    #expect(buffer.lost == 5)
  }

  @Test("lines of a writing that failed count as lost, and a torn one does not spoil the next")
  func torn() {
    var buffer = LineBuffer(capacity: 1_000)
    for number in 0..<3 { buffer.add(Self.line(number), now: 1) }
    _ = buffer.take(now: 1)
    buffer.written(false)
    #expect(buffer.lost == 3)
    buffer.add(Self.line(3), now: 2)
    #expect(Self.text(buffer.take(now: 3)) == "\n{\"time\":2,\"lost\":3}\nline 3\n")
    buffer.written(true)
    buffer.add(Self.line(4), now: 4)
    #expect(Self.text(buffer.take(now: 4)) == "line 4\n")
  }

  @Test("all lines come out whole and in order, from any number of threads, and the end waits for them")
  func complete() throws {
    let written = Locked<[UInt8]>([])
    let writer = LogWriter { bytes in
      written.withLock { $0 += bytes }
      return true
    }
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for number in 0..<2_000 { writer.add(Array("\(thread) \(number)\n".utf8)) }
    }
    writer.finish(milliseconds: 10_000)
    var next = [0, 0, 0, 0]
    for line in Self.text(written.withLock { $0 }).split(separator: "\n") {
      let parts = line.split(separator: " ").compactMap { Int($0) }
      try #require(parts.count == 2)
      try #require(parts[1] == next[parts[0]])
      next[parts[0]] += 1
    }
    #expect(next == [2_000, 2_000, 2_000, 2_000])
    #expect(writer.lostLines == 0)
  }

  @Test("a line that comes long after the others is written too")
  func later() {
    let written = Locked(0)
    let arrived = DispatchSemaphore(value: 0)
    let writer = LogWriter { bytes in
      written.withLock { $0 += bytes.count { $0 == 0x0A } }
      arrived.signal()
      return true
    }
    for number in 1...5 {
      writer.add(Self.line(number))
      #expect(arrived.wait(timeout: .now() + 10) == .success)
      #expect(written.withLock { $0 } == number)
    }
  }

  @Test("a writing that fails for good is tried once for what came, not for ever")
  func failing() {
    let tries = Locked(0)
    let writer = LogWriter { _ in
      tries.withLock { $0 += 1 }
      return false
    }
    for number in 0..<100 { writer.add(Self.line(number)) }
    writer.finish(milliseconds: 10_000)
    #expect((1...100).contains(tries.withLock { $0 }))
    #expect(writer.lostLines == 100)
  }

  @Test("a hub whose log nobody reads serves on, counts what it could not write, and stops in time")
  func stuck() throws {
    let parent = try TemporaryFolder()
    let folder = HubFolder(parent.url.appendingPathComponent("hub"))
    let pipe = try Self.fullPipe()
    let raw = pipe.fileHandleForWriting.fileDescriptor
    let log = LogWriter(capacity: 2_000) { bytes in
      bytes.withUnsafeBytes { write(raw, $0.baseAddress, $0.count) == $0.count }
    }
    let hub = try HubProcess(folder: folder, host: "127.0.0.1", port: 0, version: "test", log: log)
    hub.start()
    let caller = try Caller(hub.port)
    for _ in 0..<100 { #expect(try caller.call("GET", "/healthz").status == 200) }
    #expect(log.lostLines > 50)
    try caller.send("GET", "/metrics", token: folder.read(folder.adminToken))
    let figures = Self.text(try caller.receiveAll().body)
    let shown = figures.split(separator: "\n").first { $0.hasPrefix("peacesync_log_lines_lost_total ") }
    #expect(shown.flatMap { Int($0.split(separator: " ")[1]) } ?? 0 > 50)
    hub.stop(graceMilliseconds: 1_000)
    #expect(!FileManager.default.fileExists(atPath: folder.address.path))
    // The writer's thread still hangs in its call; who reads now lets it go, and hears of the loss.
    let wanted = Array("\"lost\":".utf8)
    var read: [UInt8] = []
    while read.firstRange(of: wanted) == nil {
      let data = pipe.fileHandleForReading.availableData
      try #require(!data.isEmpty)
      read = read.suffix(1_000) + data
    }
    log.finish(milliseconds: 10_000)
  }
}
