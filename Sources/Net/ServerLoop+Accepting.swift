internal import Glibc
internal import HTTP
internal import Synchronization

extension ServerLoop {
  /// Accepts what waits, a bounded number at a time, so that a flood does not starve the others.
  func acceptAll() {
    guard let listener else { return }
    for _ in 0..<256 {
      guard count < configuration.maxConnections else { return pauseAccept() }
      guard let (raw, host) = Socket.accept(listener.raw) else {
        switch errno {
        case EAGAIN: return
        // Out of descriptors or memory: trying again at once would spin; the sweep or a closing will.
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccept()
        // The connection failed before it was accepted (accept(2)); the next one may be sound.
        default: continue
        }
      }
      add(raw, host)
    }
  }

  private func add(_ raw: Int32, _ host: String) {
    nextGeneration &+= 1
    // With its highest bit set a number could look like the listener or the mailbox.
    let generation = nextGeneration & 0x7FFF_FFFF
    let machine = ServerConnection(settings: configuration.settings, peer: host, now: now)
    let connection = Connection(raw: raw, generation: generation, machine: machine)
    let number = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: raw))
    // Not watched, the connection closes as its object ends.
    guard poll.addConnection(raw, number: number) else { return }
    let index = Int(raw)
    while connections.count <= index {
      connections.append(nil)
      deadlines.append(.max)
    }
    connections[index] = connection
    setCount(count + 1)
    drive(connection)
  }

  /// Forgets a connection; its socket closes with the last reference.
  func drop(_ connection: Connection) {
    let index = Int(connection.raw)
    guard isOpen(connection) else { return }
    connections[index] = nil
    heldBytes -= connection.account.heldBytes
    deadlines[index] = .max
    setCount(count - 1)
    if isAcceptPaused { resumeAccept() }
  }

  func isOpen(_ connection: Connection) -> Bool { connections[Int(connection.raw)] === connection }

  private func pauseAccept() { setAccept(isActive: false) }

  func resumeAccept() {
    if count < configuration.maxConnections { setAccept(isActive: true) }
  }

  private func setAccept(isActive: Bool) {
    guard let listener else { return }
    isAcceptPaused = !isActive
    poll.setReader(listener.raw, number: Self.listenerNumber, isActive: isActive)
  }

  private func setCount(_ newCount: Int) {
    count = newCount
    configuration.openConnections.store(newCount, ordering: .relaxed)
  }
}
