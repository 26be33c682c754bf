import Hub
import JSON
import Replica
import Store
import Sync

/// What becomes of machines, disks and files.
extension World {
  /// A fault that will strike at an operation of a disk.
  func plan(_ machine: Step.Machine, _ fault: Step.Fault, _ operation: Int) {
    let disk = disk(machine)
    switch fault {
    case .kill, .power:
      disk.faults.plan(.kill, at: operation, of: .all)
      setLosesPower(machine, fault == .power)
    case .write: disk.faults.plan(.inputOutput, at: operation, of: [.write, .truncate])
    case .sync:
      disk.faults.plan(.inputOutput, at: 1 + operation / 8, of: .sync)
      if machine == .hub { hub.mayHaveFailedSync = true }
    case .read: disk.faults.plan(.inputOutput, at: operation, of: .read)
    case .full:
      // Somebody makes room before long, or there would be nothing more to see.
      disk.faults.capacity = disk.faults.capacity == nil ? disk.usedBytes + operation * 256 : nil
    }
    marks.hit("planned: \(fault.rawValue) at \(machine == .hub ? "hub" : "city")")
  }

  private func disk(_ machine: Step.Machine) -> SimulatedDisk {
    switch machine {
    case .hub: hub.disk
    case .city(let index): city(index).disk
    }
  }

  private func setLosesPower(_ machine: Step.Machine, _ loses: Bool) {
    switch machine {
    case .hub: hub.losesPower = loses
    case .city(let index): city(index).losesPower = loses
    }
  }

  /// The process is killed, or the machine loses its power, between two commands.
  func stop(_ machine: Step.Machine, _ isPowerLoss: Bool) {
    switch machine {
    case .hub:
      hub.drop()
      if isPowerLoss || hub.mayHaveFailedSync { losePower(hub.disk, "hub power") } else { hub.disk.kill() }
      check(hub)
    case .city(let index):
      let city = city(index)
      city.drop()
      if isPowerLoss { losePower(city.disk, "\(city.name) power") } else { city.disk.kill() }
      check(city)
    }
  }

  /// Copies a machine's files while nothing runs on it.
  func keep(_ machine: Step.Machine) {
    switch machine {
    case .hub:
      stopHub()
      // Even a hub that ends in order leaves its log where there is no room to empty it.
      if hub.mayHaveFailedSync { losePower(hub.disk, "hub power") } else { hub.disk.kill() }
      hub.kept.append(hub.disk.snapshot())
    case .city(let index):
      let city = city(index)
      city.close()
      city.disk.kill()
      oracle.copied(city.name, to: "\(city.name)@\(city.kept.count)")
      city.kept.append(city.disk.snapshot())
    }
  }

  /// Puts an old copy back.
  func putBack(_ machine: Step.Machine, _ index: Int) throws {
    switch machine {
    case .hub:
      guard !hub.kept.isEmpty else { return }
      // Every other time as 'pioc-hub restore' does it; else as somebody does who copies files.
      let isInOrder = (index / hub.kept.count).isMultiple(of: 2)
      let memory = isInOrder ? try hubMemory() : nil
      hub.drop()
      hub.disk.restore(hub.kept[index % hub.kept.count])
      try quietly(hub.disk) {
        let store = try Store(path: BlankFiles.hubPath, role: .hub, vfs: hub.disk.vfs)
        if isInOrder {
          var stream = SeededStream(seed: seed ^ UInt64(index), purpose: "restoring \(hub.disk.operations)")
          let outcome = try HubRestoration.apply(
            to: store, memory: memory, random: { stream.bytes($0) }, now: time + hub.skew)
          marks.hit(outcome.erased > 0 ? "hub restored in order, records erased again" : "hub restored in order")
        }
        try oracle.hubRestored(store.connection)
        try store.close()
      }
      for system in systems { for index in system.tags.indices { system.tags[index].seq = nil } }
      restorations += 1
      marks.hit("hub restored")
    case .city(let number):
      let city = city(number)
      guard !city.kept.isEmpty else { return }
      city.drop()
      city.disk.restore(city.kept[index % city.kept.count])
      // An answer to what the newer file had asked would take the older one past what it has not read: nothing in an answer
      // says to what question it belongs. That is a limit which the claims page tells of.
      city.line.lastAnswer = nil
      oracle.copied("\(city.name)@\(index % city.kept.count)", to: city.name)
      marks.hit("city restored")
    }
  }

  /// What the hub knows that a copy of its file must not forget.
  private func hubMemory() throws -> HubMemory? {
    try quietly(hub.disk) {
      guard startHub(), let service = hub.service else { return nil }
      return try HubMemory(service.storeForInspection)
    }
  }

  /// Looks at a disk while nothing fails there; the plans stay.
  func quietly<T>(_ disk: SimulatedDisk, _ body: () throws -> T) rethrows -> T {
    let faults = disk.faults
    disk.faults = DiskFaults()
    defer { disk.faults = faults }
    return try body()
  }

  /// Both the city and the one who has the copy go on.
  func copy(_ city: CityMachine) {
    guard cities.count < 6, !city.isGone else { return }
    city.close()
    city.disk.kill()
    let twin = CityMachine(name: "city-\(cities.count)", member: city.member, seed: seed)
    twin.disk.restore(city.disk.snapshot())
    cities.append(twin)
    oracle.copied(city.name, to: twin.name)
    marks.hit("city copied")
  }

  /// Forgets at the hub what all have read.
  ///
  /// The judge reads it before, for it needs the bytes; a hub that died over an earlier step is judged with it.
  func compact() {
    check(hub)
    guard let answer = administer("POST", "/v1/compact", ["days": 0]) else { return }
    marks.hit((answer["pruned"]?.integer ?? 0) > 0 ? "hub compacted" : "hub found nothing to compact")
  }

  /// A laptop is lost; what only it held is lost with it.
  func revoke(_ city: CityMachine) {
    guard cities.filter({ !$0.isGone }).count > 2, !city.isGone else { return }
    let token = tokenInUse(by: city)
    guard let replica = command(city, "look", { try $0.settings.replica }) else { return }
    guard administer("POST", "/v1/replicas/\(replica)/revoke") != nil else { return }
    if let token { judgeRevocation(of: token) }
    city.close()
    city.isGone = true
    oracle.destroyed(city.name)
    marks.hit("city revoked")
  }

  /// The administrator takes the token of a system or a reader back, which learns of it and is given another.
  func withdraw(_ index: Int) {
    let tokens = systems.map(\.token) + readers.map(\.token)
    guard !tokens.isEmpty, let token = tokens[index % tokens.count] else { return }
    guard administer("POST", "/v1/tokens/\(token.id)/revoke") != nil else { return }
    judgeRevocation(of: token.text)
    marks.hit("token taken back")
  }
}
