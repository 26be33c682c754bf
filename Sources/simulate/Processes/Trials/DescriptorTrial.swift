import Foundation
import Glibc

/// A hub without a free descriptor (fault F41).
struct DescriptorTrial: Trial {
  let name = "a hub without a free file descriptor"
  let promise = "who is connected is served, writes too; under 20 % of a core; others come once there is room"
  let share = 2.0

  private static let limit = 40
  private static let idle = 80
  private static let watchedSeconds = 2.0

  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult
  ) throws {
    let hub = try RealHub(stage, openFiles: Self.limit)
    let city = RealCity("bogota", stage)
    try city.join(hub)
    let before = descriptors(hub)
    var most = 0.0
    repeat {
      result.rounds += 1
      let friend = try hub.connection()
      result.expect(try friend.send("GET", "/healthz").status == 200, "the hub does not serve")
      let crowd = try crowd(hub)
      usleep(200_000)
      result.expect(
        descriptors(hub) >= Self.limit, "only \(descriptors(hub)) of \(Self.limit) descriptors are in use")
      let share = try processorShare(hub)
      most = max(most, share)
      result.expect(share < 0.2, "out of descriptors it uses \(Int(share * 100)) % of a core")
      try serve(friend, round: result.rounds, into: &result)
      try city.add(EventRow("\(result.rounds)"))
      let waiting = try city.start(["sync", "--json"])
      usleep(200_000)
      for (index, socket) in crowd.enumerated() {
        if index % 2 == 0 { socket.close() } else { socket.reset() }
      }
      let run = try waiting.finish(within: 20)
      result.expect(run.succeeded, "with room again: \(run.summary)")
      result.expect(try hub.connection().send("GET", "/healthz").status == 200, "nobody new is served")
      try waitForRoom(hub, before, into: &result)
    } while !deadline.isOver
    try city.verify(hub, into: &result)
    result.expect(try hub.stop() == .exited(0), "the hub does not stop cleanly")
    result.notes.append("at most \(Int(most * 100)) % of a core while \(Self.idle) connections waited")
  }

  /// Connections that only stand there, or have said half of what they want.
  private func crowd(_ hub: RealHub) throws -> [TCPSocket] {
    try (0..<Self.idle).map { index in
      let socket = try TCPSocket(port: hub.port)
      if index % 2 == 0 { socket.write(Array("GET /healthz HTTP/1.1\r\nHost: x\r\n".utf8)) }
      return socket
    }
  }

  /// Who was connected before reads and writes as ever.
  private func serve(_ friend: HubConnection, round: Int, into result: inout TrialResult) throws {
    let began = Monotonic.seconds
    result.expect(try friend.send("GET", "/v1/status").status == 200, "no status without a free descriptor")
    let added = try friend.send("POST", "/v1/members", body: "{\"member\":\"city-\(round)\"}").status
    result.expect(added == 201, "no write without a free descriptor: \(added)")
    let seconds = Monotonic.seconds - began
    result.expect(seconds < 1, "an answer took \(seconds) s without a free descriptor")
  }

  /// All that the crowd took is given back.
  private func waitForRoom(_ hub: RealHub, _ before: Int, into result: inout TrialResult) throws {
    let limit = Monotonic.seconds + 5
    while descriptors(hub) > before + 1, Monotonic.seconds < limit { usleep(10_000) }
    result.expect(
      descriptors(hub) <= before + 1, "\(descriptors(hub)) descriptors are open, \(before) before")
  }

  private func descriptors(_ hub: RealHub) -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(hub.identifier)/fd").count) ?? 0
  }

  /// How much of a core the hub uses while nobody asks for anything.
  private func processorShare(_ hub: RealHub) throws -> Double {
    let before = try ticks(hub)
    usleep(UInt32(Self.watchedSeconds * 1e6))
    let used = Double(try ticks(hub) - before) / Double(sysconf(Int32(_SC_CLK_TCK)))
    return used / Self.watchedSeconds
  }

  /// The processor time of the hub, from `/proc/PID/stat` (proc(5)).
  private func ticks(_ hub: RealHub) throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(hub.identifier)/stat", encoding: .utf8)
    // The name in parentheses may hold anything; the fields are counted from behind it.
    let fields = text.drop { $0 != ")" }.split(separator: " ")
    guard fields.count > 12, let user = Int(fields[12]), let system = Int(fields[13]) else {
      throw TrialError("/proc/\(hub.identifier)/stat cannot be read")
    }
    return user + system
  }
}
