import HTTP
import Hub
import JSON
import Replica
import Sync

/// The hub's side of the network: what its server's loop does.
extension World {
  /// Gives messages to the hub, each on a connection of its own, and what it says to them.
  func serve(_ messages: [Message], _ stream: inout SeededStream) -> [Served] {
    let first = nextTicket
    nextTicket += messages.count
    guard !messages.isEmpty, startHub() else {
      return messages.indices.map { Served(ticket: first + $0, bytes: nil) }
    }
    var connections = messages.map { _ in ServerConnection(limits: HTTPLimits(), now: 0) }
    var outputs = messages.map { _ in [UInt8]() }
    var asked: [(ticket: Int, request: HubRequest)] = []
    for (place, message) in messages.enumerated() {
      for piece in Self.pieces(message.bytes, &stream) {
        connections[place].receive(piece, now: 0)
        drive(&connections[place], &outputs[place]) { asked.append((first + place, $0)) }
      }
      if message.isCut {
        connections[place].receiveEnd(now: 0)
        drive(&connections[place], &outputs[place]) { asked.append((first + place, $0)) }
      }
    }
    guard let answers = asked.isEmpty ? [] : work({ $0.handle(asked, now: $1) }) else {
      return messages.indices.map { Served(ticket: first + $0, bytes: nil) }
    }
    var open = Set(asked.map(\.ticket))
    for (ticket, answer) in answers where ticket >= first {
      open.remove(ticket)
      connections[ticket - first].respond(answer, dateLine: [], now: 0)
      drive(&connections[ticket - first], &outputs[ticket - first]) { _ in }
    }
    for ticket in open { held[ticket] = OpenConnection(connection: connections[ticket - first], life: hub.life) }
    return messages.indices.map {
      Served(ticket: first + $0, bytes: outputs[$0], isHeld: open.contains(first + $0))
    }
  }

  /// Lets the hub work, and takes what it says; nothing if it died over that.
  ///
  /// What it says to those who have waited is on its way to them afterwards.
  private func work(
    _ body: (HubMachine, _ now: Int64) -> [(ticket: Int, response: HTTPResponse)]?
  ) -> [(ticket: Int, response: HTTPResponse)]? {
    let struck = hub.disk.faults.struck
    let mightLose = hub.mayHaveFailedSync
    defer {
      if hub.disk.faults.struck > struck { marks.hit("struck: hub in a request") }
      if mightLose, !hub.mayHaveFailedSync { marks.hit("repair: failed sync written over") }
    }
    guard let answers = body(hub, time) else {
      marks.hit("killed: hub in a request")
      buryHub()
      return nil
    }
    for (ticket, answer) in answers {
      if answer.status == 503 {
        marks.hit("hub: storage failed")
        if hub.disk.faults.struck == struck, hub.disk.faults.capacity == nil {
          violate("unprovoked-error", "the hub answered 503")
        }
      }
      guard var open = held.removeValue(forKey: ticket) else { continue }
      var bytes: [UInt8] = []
      open.connection.respond(answer, dateLine: [], now: 0)
      drive(&open.connection, &bytes) { _ in }
      arrivals.append((ticket, bytes))
    }
    learn()
    return answers
  }

  /// Whose time is over hears from the hub, if it runs.
  func tick() {
    guard hub.isRunning, !held.isEmpty else { return }
    _ = work { $0.tick(now: $1) }
  }

  /// Ends the hub's process as an administrator does: nobody is left waiting.
  func stopHub() {
    if hub.isRunning, !held.isEmpty {
      _ = work { $0.stopWaiting(now: $1) }
      if hub.isRunning { judgeStop() }
    }
    hub.stop()
  }

  /// Does what a connection asks for, as the server's loop does.
  private func drive(
    _ connection: inout ServerConnection, _ output: inout [UInt8], _ submit: (HubRequest) -> Void
  ) {
    while true {
      switch connection.nextAction(now: 0) {
      case .request(let request):
        switch hub.read(request) {
        case .request(let read)?: submit(read)
        case .answer(let answer)?: connection.respond(answer, dateLine: [], now: 0)
        case nil: return
        }
      case .answer(let answer): connection.respond(answer, dateLine: [], now: 0)
      case .send(let bytes, _):
        output += bytes
        connection.sent(bytes.count, now: 0)
      case .shutdownOutput: continue
      case .close, .wait: return
      }
    }
  }

  /// Starts the hub if it does not run; false if it cannot.
  func startHub() -> Bool {
    if hub.isRunning { return true }
    let struck = hub.disk.faults.struck
    do {
      try hub.start()
      if !hub.disk.isKilled { return true }
      marks.hit("killed: hub at its start")
    } catch {
      trace.add("  the hub does not start: \(error)")
      if hub.disk.isKilled {
        marks.hit("killed: hub at its start")
      } else if hub.disk.faults.struck == struck, hub.disk.faults.capacity == nil {
        violate("unprovoked-error", "the hub does not start: \(error)")
      }
    }
    guard !hub.disk.isKilled else {
      buryHub()
      return false
    }
    hub.drop()
    if hub.mayHaveFailedSync { losePower(hub.disk, "hub power") }
    return false
  }

  /// Requests that were held up arrive; nobody waits for their answers any more.
  func arriveLate() {
    let held = late
    late = []
    var stream = SeededStream(seed: seed, purpose: "late")
    _ = serve(held.map { Message($0) }, &stream)
    if !held.isEmpty { marks.hit("late request arrived") }
  }

  /// Bytes in a few pieces, as a network delivers them.
  static func pieces(_ bytes: [UInt8], _ stream: inout SeededStream) -> [ArraySlice<UInt8>] {
    guard bytes.count > 1 else { return [bytes[...]] }
    var cuts = (0..<stream.below(4)).map { _ in stream.below(bytes.count) }.sorted()
    cuts.append(bytes.count)
    var start = 0
    return cuts.map { cut in
      defer { start = cut }
      return bytes[start..<cut]
    }
  }
}
