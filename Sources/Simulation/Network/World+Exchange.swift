import HTTP
import Hub
import JSON
import Replica
import Sync

/// The network between cities and hub: bytes through the production's parsers on both sides.
extension World {
  /// A call on its way, and who made it.
  struct Outgoing {
    let city: CityMachine
    let call: HubCall
  }

  /// Carries calls that are made at the same time; nothing for a call that got no answer that can be read.
  func exchange(_ calls: [Outgoing], _ weather: Step.Weather, _ stream: inout SeededStream) -> [HubReply?] {
    var messages: [Message] = []
    var lucks: [Luck] = []
    var places: [Int?] = []
    for outgoing in calls {
      let luck = weather == .calm ? Luck.good : Luck.draw(&stream)
      marks.hit("network: \(luck.rawValue)")
      if luck != .good { trace.add("  \(outgoing.city.name) \(luck.rawValue)") }
      let bytes = (try? outgoing.call.bytes(host: "hub", userAgent: "pioc/simulated")) ?? []
      lucks.append(luck)
      places.append(messages.count)
      switch luck {
      case .good, .answerLost, .answerCut: messages.append(Message(bytes))
      case .twice: messages += [Message(bytes), Message(bytes)]
      case .requestCut: messages.append(Message(Array(bytes.prefix(stream.below(bytes.count))), isCut: true))
      case .late:
        late.append(bytes)
        places[places.count - 1] = nil
      case .requestLost, .nonsense, .stale: places[places.count - 1] = nil
      }
    }
    let answers = serve(messages, &stream)
    return calls.indices.map { index in
      let answer = places[index].flatMap { answers[$0] }
      if let answer, lucks[index] != .requestCut { hear(answer, to: calls[index].call) }
      return read(answer, lucks[index], calls[index], &stream)
    }
  }

  /// What a client makes of the bytes that come back.
  private func read(_ answer: [UInt8]?, _ luck: Luck, _ outgoing: Outgoing, _ stream: inout SeededStream) -> HubReply? {
    var bytes = answer ?? []
    switch luck {
    case .good, .twice: outgoing.city.lastAnswer = answer
    case .requestLost, .requestCut, .late, .answerLost: return nil
    case .answerCut: bytes = Array(bytes.prefix(stream.below(max(1, bytes.count))))
    case .nonsense: bytes = Luck.nonsense(&stream)
    case .stale: bytes = outgoing.city.lastAnswer ?? []
    }
    var parser = ResponseParser()
    parser.expect(method: outgoing.call.method)
    for piece in Self.pieces(bytes, &stream) { parser.receive(piece) }
    parser.receiveEnd()
    guard let response = try? parser.next() else { return nil }
    let reply = HubReply(response)
    note(reply)
    return reply
  }

  /// Tells the oracle what the hub has acknowledged, whether the answer arrives or not.
  private func hear(_ answer: [UInt8], to call: HubCall) {
    guard call.path == "/v1/sync", answer.starts(with: "HTTP/1.1 200".utf8),
      let start = answer.firstIndex(of: UInt8(ascii: "{")), let json = try? JSON.parse(Array(answer[start...])),
      let results = json["results"]?.array, !results.isEmpty,
      let replica = (try? JSON.parse(call.body))?["replica"]?.text?.string
    else { return }
    for result in results {
      guard let n = result["n"]?.integer, let fate = result["fate"]?.text?.string else { continue }
      marks.hit("fate: \(fate)\(result["duplicate"] == true ? ", told again" : "")")
      oracle.acknowledged(
        replica: replica, n: n, fate: fate, seq: result["seq"]?.integer, time: result["time"]?.integer)
    }
  }

  private func note(_ reply: HubReply) {
    guard reply.mediaType == "application/problem+json", let json = try? JSON.parse(reply.body) else { return }
    marks.hit("answer: \(json["code"]?.text?.string ?? "no code")")
  }

  /// What is sent on one connection.
  struct Message {
    let bytes: [UInt8]
    let isCut: Bool

    init(_ bytes: [UInt8], isCut: Bool = false) {
      self.bytes = bytes
      self.isCut = isCut
    }
  }

  /// Gives messages to the hub, each on a connection of its own, and what it says to them; nothing where it died.
  func serve(_ messages: [Message], _ stream: inout SeededStream) -> [[UInt8]?] {
    guard !messages.isEmpty, startHub() else { return messages.map { _ in nil } }
    var connections = messages.map { _ in ServerConnection(limits: HTTPLimits(), now: 0) }
    var outputs = messages.map { _ in [UInt8]() }
    var waiting: [(place: Int, request: HubRequest)] = []
    for (place, message) in messages.enumerated() {
      for piece in Self.pieces(message.bytes, &stream) {
        connections[place].receive(piece, now: 0)
        drive(&connections[place], &outputs[place]) { waiting.append((place, $0)) }
      }
      if message.isCut {
        connections[place].receiveEnd(now: 0)
        drive(&connections[place], &outputs[place]) { waiting.append((place, $0)) }
      }
    }
    let struck = hub.disk.faults.struck
    let mightLose = hub.mayHaveFailedSync
    defer {
      if hub.disk.faults.struck > struck { marks.hit("struck: hub in a request") }
      if mightLose, !hub.mayHaveFailedSync { marks.hit("repair: failed sync written over") }
    }
    guard let answers = waiting.isEmpty ? [] : hub.handle(waiting.map(\.request)) else {
      marks.hit("killed: hub in a request")
      buryHub()
      return messages.map { _ in nil }
    }
    for ((place, _), answer) in zip(waiting, answers) {
      if answer.status == 503 {
        marks.hit("hub: storage failed")
        if hub.disk.faults.struck == struck, hub.disk.faults.capacity == nil {
          violate("unprovoked-error", "the hub answered 503")
        }
      }
      connections[place].respond(answer, dateLine: [], now: 0)
      drive(&connections[place], &outputs[place]) { _ in }
    }
    return outputs
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
  private static func pieces(_ bytes: [UInt8], _ stream: inout SeededStream) -> [ArraySlice<UInt8>] {
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
