import JSON
import Replica
import Sync

/// How cities speak to the hub.
extension World {
  /// A sync that is under way.
  private struct Running {
    let city: CityMachine
    var session: SyncSession
  }

  /// Cities sync at the same time: the hub handles their calls together, round by round.
  func sync(_ cities: [CityMachine], _ weather: Step.Weather, _ salt: UInt64) {
    var stream = SeededStream(seed: salt, purpose: "network")
    var running: [Running] = []
    for city in cities where !city.isGone && !running.contains(where: { $0.city === city }) {
      if let session = command(city, "sync", { try session($0, city) }) {
        running.append(Running(city: city, session: session))
      }
    }
    for _ in 0..<3_000 where !running.isEmpty {
      var calls: [Outgoing] = []
      var asking: [Running] = []
      for var sync in running {
        guard case .send(let call)? = command(sync.city, "sync", { _ in try sync.session.next() }) else {
          note(sync.session)
          continue
        }
        calls.append(outgoing(sync.city, call))
        asking.append(sync)
      }
      running = []
      for (carried, sync) in zip(exchange(calls, weather, &stream), asking) {
        var sync = sync
        guard let reply = carried.reply, let _ = command(sync.city, "take", { _ in try sync.session.receive(reply) })
        else { continue }
        running.append(sync)
      }
    }
    if !running.isEmpty { violate("endless-sync", running.map(\.city.name).joined(separator: " ")) }
    let strangers = cities.filter { $0.needsInvite }
    for city in strangers {
      city.needsInvite = false
      join(city)
    }
  }

  /// What a session did that must happen somewhere.
  private func note(_ session: SyncSession) {
    for event in session.events {
      switch event {
      case .historyChanged: marks.hit("repair: changed history")
      case .forked: marks.hit("repair: fork")
      }
    }
    if isUndisturbed, !session.events.isEmpty { violate("needless-repair", "\(session.events)") }
    if session.tally.erasedAgain > 0 { marks.hit("repair: erasure written again") }
    if session.tally.states > 0 { marks.hit("took a state") }
    if session.tally.received > 0 { marks.hit("took a change") }
    if session.tally.removed > 0 { marks.hit("took a removal") }
    if session.tally.refused > 0 { marks.hit("took a refusal") }
  }

  func session(_ replica: LocalReplica, _ city: CityMachine) throws -> SyncSession {
    var sizes = SyncSession.Settings()
    sizes.batchChanges = swarm.batch
    sizes.pageEntries = swarm.page
    // Half of the worlds look at long ways ahead before they go them, as the client does; nothing is ever too much.
    let limits = SyncLimits(removed: .max, overwritten: .max, lookBeyond: Int64(swarm.page))
    return try SyncSession(
      replica: replica, version: "simulated", sizes: sizes, limits: seed % 2 == 0 ? limits : nil,
      clock: { [unowned self] in now(city) },
      random: { city.random.bytes($0) })
  }

  /// Binds a city to the hub with a new invite, as often as answers get lost.
  func join(_ city: CityMachine) {
    _ = administer("POST", "/v1/members", ["member": .string(Text(city.member))])
    guard let invite = administer("POST", "/v1/invites", ["member": .string(Text(city.member))])?["invite"]?.text
    else { return }
    var stream = SeededStream(seed: seed, purpose: "join")
    for _ in 0..<3 {
      let call = command(city, "join") { try $0.joinCall(invite: invite.string) { city.random.bytes($0) } }
      guard let call, let reply = exchange([outgoing(city, call)], .calm, &stream)[0].reply else { return }
      let joined = command(city, "join") {
        try $0.receiveJoin(reply, url: "http://hub", acceptsNewHub: false) { city.random.bytes($0) }
      }
      guard let joined else { return }
      if case .bound = joined {
        trace.add("  \(city.name) has joined")
        return
      }
    }
  }

  /// What an administrator asks the hub; nothing if it could not be done.
  func administer(_ method: String, _ path: String, _ body: JSONObject? = nil) -> JSON? {
    let call = HubCall(
      method: method, path: path, token: Text(hub.adminToken), body: body.map { JSON.object($0).write() } ?? [])
    var stream = SeededStream(seed: seed, purpose: "administrator")
    guard let bytes = try? call.bytes(host: "hub", userAgent: "pioc-hub/simulated"),
      let answer = serve([Message(bytes)], &stream)[0].bytes
    else { return nil }
    guard answer.starts(with: "HTTP/1.1 2".utf8) else { return nil }
    guard let body = answer.firstIndex(of: UInt8(ascii: "{")) else { return .some(.null) }
    return try? JSON.parse(Array(answer[body...]))
  }

  /// Makes everything work again, and lets everyone sync until there is nothing more to say.
  func heal() throws {
    trace.add("healing")
    for city in cities {
      city.disk.faults.clear()
      city.close()
      city.disk.kill()
      city.losesPower = false
    }
    hub.disk.faults.clear()
    hub.drop()
    if hub.mayHaveFailedSync { losePower(hub.disk, "hub power") } else { hub.disk.kill() }
    hub.mayHaveFailedSync = false
    hub.losesPower = false
    late = []
    arrivals = []
    deliver()
    for system in systems { export(system) }
    for round in 0..<4 {
      for city in cities where !city.isGone { sync([city], .calm, UInt64(round)) }
    }
    judgeWaiting()
  }
}
