import JSON
import Replica
import Sync

/// Who waits for news, and whether they get them.
extension World {
  /// A city or a reader asks for what is new, and waits if there is nothing.
  func wait(_ index: Int, _ weather: Step.Weather, _ salt: UInt64) {
    var stream = SeededStream(seed: salt, purpose: "wait")
    let seconds = [1, 3, 10, 55][stream.below(4)]
    if !readers.isEmpty, index.isMultiple(of: 2) {
      read(readers[index / 2 % readers.count], weather, wait: seconds, &stream)
    } else {
      wait(city(index / 2), weather, seconds: seconds, salt, &stream)
    }
  }

  /// A city that has sent and read all asks once more, and waits.
  func wait(
    _ city: CityMachine, _ weather: Step.Weather, seconds: Int, _ salt: UInt64, _ stream: inout SeededStream
  ) {
    guard !city.isGone, !waiters.contains(where: { $0.name == city.name }) else { return }
    sync([city], weather, salt)
    guard var session = command(city, "sync", { try session($0, city) }),
      case .send(let call)? = command(city, "sync", { _ in try session.next() }),
      call.path == "/v1/sync", var body = (try? JSON.parse(call.body))?.object, body["changes"]?.array?.isEmpty ?? true
    else { return }
    body["wait"] = .int(Int64(seconds))
    let waiting = HubCall(method: call.method, path: call.path, token: call.token, body: JSON.object(body).write())
    let outgoing = outgoing(city, waiting)
    let since = body["cursor"]?.text.flatMap { Cursor($0) }?.seq ?? 0
    let carried = exchange([outgoing], weather, &stream)[0]
    if let ticket = carried.held {
      let who = Waiter.Who.city(city, session, life: city.life)
      return begin(ticket, who, outgoing, call.token, carried.luck, since, seconds)
    }
    if let reply = carried.reply { finish(city, session, reply, &stream) }
  }

  /// A reader reads on; with `wait` it waits where there is nothing more.
  func read(_ reader: ReaderMachine, _ weather: Step.Weather, wait seconds: Int, _ stream: inout SeededStream) {
    guard ensureToken(reader), !waiters.contains(where: { $0.name == reader.line.name }) else { return }
    for _ in 0..<200 {
      guard let token = reader.token else { return }
      let since = reader.cursor.map { "&since=\($0)" } ?? ""
      let call = HubCall(
        method: "GET", path: "/v1/changes?limit=\(swarm.page)&wait=\(seconds)\(since)", token: token.text)
      let bytes = (try? call.bytes(host: "hub", userAgent: "reader")) ?? []
      let outgoing = Outgoing(line: reader.line, method: "GET", bytes: bytes) { _ in }
      let seq = reader.cursor.flatMap { Cursor($0) }?.seq ?? 0
      let carried = exchange([outgoing] + companions(&stream), weather, &stream)
      if let ticket = carried[0].held {
        return begin(ticket, .reader(reader), outgoing, token.text, carried[0].luck, seq, seconds)
      }
      guard let reply = carried[0].reply, hear(reply, reader) else { return }
    }
    violate("endless-reading", reader.line.name)
  }

  /// Now and then a city sends what it has to say in the same moment; it never hears what came of it.
  private func companions(_ stream: inout SeededStream) -> [Outgoing] {
    guard stream.chance(oneIn: 3) else { return [] }
    let city = city(stream.below(cities.count))
    guard !city.isGone, var session = command(city, "sync", { try session($0, city) }),
      case .send(let call)? = command(city, "sync", { _ in try session.next() })
    else { return [] }
    return [outgoing(city, call)]
  }

  private func begin(
    _ ticket: Int, _ who: Waiter.Who, _ outgoing: Outgoing, _ token: Text?, _ luck: Luck, _ since: Int64, _ seconds: Int
  ) {
    marks.hit("wait: began")
    trace.add("  \(outgoing.line.name) waits")
    waiters.append(
      Waiter(
        ticket: ticket, life: hub.life, who: who, outgoing: outgoing, token: token, luck: luck, since: since,
        deadline: time + Int64(seconds) * 1_000))
  }

  /// What a reader makes of an answer; whether it reads on.
  func hear(_ reply: HubReply, _ reader: ReaderMachine) -> Bool {
    guard let json = try? JSON.parse(reply.body) else { return false }
    switch (reply.status, json["code"]?.text?.string) {
    case (200, _):
      let before = reader.cursor
      guard reader.take(json) else { return false }
      marks.hit("reader: page")
      return json["more"] == true || reader.cursor != before
    case (400, "bad-cursor"):
      marks.hit("reader: began anew")
      // Without a cursor there is none that could be bad.
      defer { reader.forget() }
      return reader.cursor != nil
    case (401, .some):
      reader.token = nil
      return false
    default: return false
    }
  }

  func finish(_ city: CityMachine, _ session: SyncSession, _ reply: HubReply, _ stream: inout SeededStream) {
    var session = session
    guard let _ = command(city, "take", { _ in try session.receive(reply) }) else { return }
    sync([city], .calm, stream.next())
  }

  private func ensureToken(_ reader: ReaderMachine) -> Bool {
    if reader.token != nil { return true }
    let made = administer("POST", "/v1/tokens", ["role": "reader", "label": .string(Text(reader.line.name))])
    guard let text = made?["token"]?.text, let id = made?["id"]?.text?.string else { return false }
    reader.token = (text, id)
    return true
  }
}
