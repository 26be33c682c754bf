import HTTP
import Hub
import JSON
import Replica
import Store
import Sync

/// Nobody who waits is forgotten.
extension World {
  /// Looks at the hub's log after it has worked, and whether all who had to hear of it do.
  func learn() {
    guard swarm.integrators + swarm.readers > 0, let service = hub.service else { return }
    guard (try? quietly(hub.disk, { try oracle.learn(service.storeForInspection.connection) })) != nil else { return }
    for waiter in stillWaiting where oracle.lastApplied > waiter.since {
      violate("waiter-forgotten", "\(waiter.name) waits since seq \(waiter.since), the log is at \(oracle.lastApplied)")
    }
  }

  /// Who waits at a hub that runs, and has no answer on its way.
  private var stillWaiting: [Waiter] {
    waiters.filter { waiter in
      waiter.life == hub.life && hub.isRunning && !arrivals.contains { $0.ticket == waiter.ticket }
    }
  }

  /// A hub that stops leaves nobody waiting.
  func judgeStop() {
    for waiter in stillWaiting { violate("waiter-forgotten", "\(waiter.name) waits at a hub that has stopped") }
    if !waiters.isEmpty { marks.hit("wait: ended by a stop") }
  }

  /// A token that was taken back ends the waiting with it.
  func judgeRevocation(of token: Text) {
    for waiter in stillWaiting where waiter.token == token {
      violate("waiter-forgotten", "\(waiter.name) waits with a token that was taken back")
    }
    if waiters.contains(where: { $0.token == token && $0.life == hub.life }) {
      marks.hit("wait: ended by a revocation")
    }
  }

  /// The token that a city's next call will bear, if the city waits.
  func tokenInUse(by city: CityMachine) -> Text? {
    guard waiters.contains(where: { $0.name == city.name }),
      var session = command(city, "look", { try session($0, city) }),
      case .send(let call)? = command(city, "look", { _ in try session.next() })
    else { return nil }
    return call.token
  }

  /// Who has waited long enough has an answer.
  func judgeTime() {
    for waiter in stillWaiting where waiter.deadline <= time {
      violate("waiter-forgotten", "\(waiter.name) has waited longer than it asked for")
    }
  }

  /// Hands out what has come for those who waited; who waited at a hub that died asks again some day.
  func deliver() {
    while !arrivals.isEmpty {
      let (ticket, bytes) = arrivals.removeFirst()
      guard let index = waiters.firstIndex(where: { $0.ticket == ticket }) else { continue }
      take(waiters.remove(at: index), bytes)
    }
    let count = waiters.count
    waiters.removeAll { $0.life != hub.life }
    if waiters.count < count { marks.hit("wait: hub died meanwhile") }
    held = held.filter { $0.value.life == hub.life }
  }

  private func take(_ waiter: Waiter, _ bytes: [UInt8]) {
    var stream = SeededStream(seed: seed ^ UInt64(waiter.ticket), purpose: "waited")
    note(bytes, waiter)
    trace.add("  \(waiter.name) has waited")
    switch waiter.who {
    case .city(let city, let session, let life):
      // The process that waited may be gone, and its connection with it.
      guard city.life == life, !city.isGone else { return }
      guard let reply = read(bytes, waiter.luck, waiter.outgoing, &stream) else { return }
      finish(city, session, reply, &stream)
    case .reader(let reader):
      guard let reply = read(bytes, waiter.luck, waiter.outgoing, &stream) else { return }
      _ = hear(reply, reader)
    }
  }

  private func note(_ bytes: [UInt8], _ waiter: Waiter) {
    guard bytes.starts(with: "HTTP/1.1 200".utf8), let start = bytes.firstIndex(of: UInt8(ascii: "{")) else {
      return marks.hit("wait: ended by a refusal")
    }
    if waiter.luck != .good, waiter.luck != .twice { return marks.hit("wait: line cut meanwhile") }
    let entries = (try? JSON.parse(Array(bytes[start...])))?["entries"]?.array
    marks.hit(entries?.isEmpty == false ? "wait: news" : "wait: nothing new")
  }

  /// At the end everybody waits, somebody writes, and all hear of it.
  func judgeWaiting() {
    guard swarm.readers > 0 else { return }
    var stream = SeededStream(seed: seed, purpose: "last wait")
    // The first time one may hear that its token or its cursor is not good any more.
    for reader in readers { for _ in 0..<3 { read(reader, .calm, wait: 0, &stream) } }
    for city in cities { wait(city, .calm, seconds: 55, seed, &stream) }
    for reader in readers { read(reader, .calm, wait: 55, &stream) }
    let expected = cities.count { !$0.isGone } + readers.count
    if waiters.count != expected { violate("no-rest", "\(waiters.count) of \(expected) wait at the end") }
    guard let writer = cities.first(where: { !$0.isGone }) else { return }
    records.append(RecordID(milliseconds: time, random: stream.bytes(10)))
    edit(writer, .title, records.count - 1, seed)
    sync([writer], .calm, seed)
    let late = waiters.filter { waiter in !arrivals.contains { $0.ticket == waiter.ticket } }
    for waiter in late { violate("waiter-forgotten", "\(waiter.name) waits in spite of a write at the end") }
    deliver()
    for reader in readers { read(reader, .calm, wait: 0, &stream) }
  }

  /// A reader at rest knows of everything.
  func judgeReaders(head: Int64) {
    for reader in readers {
      let name = reader.line.name
      guard let cursor = reader.cursor, Cursor(cursor)?.seq == head else {
        violate("reader-lacks", "\(name) is at \(reader.cursor?.string ?? "the beginning"), the head at \(head)")
        continue
      }
      for violation in oracle.lacks(of: name, at: cursor.bytes, told: reader.told) {
        violate(violation.name, violation.detail)
      }
    }
  }
}
