import HTTP
import Hub
import JSON
import Replica
import Sync

/// The network between everybody and the hub: bytes through the production's parsers on both sides.
extension World {
  /// A call of a city.
  func outgoing(_ city: CityMachine, _ call: HubCall) -> Outgoing {
    let bytes = (try? call.bytes(host: "hub", userAgent: "pioc/simulated")) ?? []
    return Outgoing(line: city.line, method: call.method, bytes: bytes) { [unowned self] in hear($0, to: call) }
  }

  /// Carries calls that are made at the same time.
  func exchange(_ calls: [Outgoing], _ weather: Step.Weather, _ stream: inout SeededStream) -> [Carried] {
    var messages: [Message] = []
    var lucks: [Luck] = []
    var places: [Int?] = []
    for outgoing in calls {
      let luck = weather == .calm ? Luck.good : Luck.draw(&stream)
      marks.hit("network: \(luck.rawValue)")
      if luck != .good { trace.add("  \(outgoing.line.name) \(luck.rawValue)") }
      let bytes = outgoing.bytes
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
    let served = serve(messages, &stream)
    return calls.indices.map { index in
      let answer = places[index].map { served[$0] }
      let isWhole = answer?.bytes != nil && answer?.isHeld == false && lucks[index] != .requestCut
      if isWhole, let bytes = answer?.bytes { calls[index].hear(bytes) }
      if let answer, answer.isHeld {
        return Carried(reply: nil, luck: lucks[index], isAnswered: false, held: answer.ticket)
      }
      let reply = read(answer?.bytes, lucks[index], calls[index], &stream)
      return Carried(reply: reply, luck: lucks[index], isAnswered: isWhole, held: nil)
    }
  }

  /// What a client makes of the bytes that come back; nothing if they are no answer that can be read.
  func read(
    _ answer: [UInt8]?, _ luck: Luck, _ outgoing: Outgoing, _ stream: inout SeededStream
  ) -> HubReply? {
    var bytes = answer ?? []
    switch luck {
    case .good, .twice: outgoing.line.lastAnswer = answer
    case .requestLost, .requestCut, .late, .answerLost: return nil
    case .answerCut: bytes = Array(bytes.prefix(stream.below(max(1, bytes.count))))
    case .nonsense: bytes = Luck.nonsense(&stream)
    case .stale: bytes = outgoing.line.lastAnswer ?? []
    }
    var parser = ResponseParser()
    parser.expect(method: outgoing.method)
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
}
