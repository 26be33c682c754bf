internal import Glibc
internal import HTTP
internal import Synchronization

extension ServerLoop {
  /// Accepts what waits, a bounded number at a time, so that a flood does not starve the others.
  func acceptAll() {
    guard let listener else { return }
    for _ in 0..<256 {
      guard count < configuration.bounds.connections else { return pauseAccept() }
      guard let (raw, address) = Socket.accept(listener.raw) else {
        switch errno {
        case EAGAIN: return
        // Out of descriptors or memory: trying again at once would spin; the sweep or a closing will.
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccept()
        // The connection failed before it was accepted (accept(2)); the next one may be sound.
        default: continue
        }
      }
      admit(raw, address)
    }
  }

  /// Takes a connection in, or sends it away if its address has too many.
  private func admit(_ raw: Int32, _ address: SocketAddress) {
    let host = address.host
    guard configuration.counts(address, host: host), let block = address.block else { return add(raw, host, nil) }
    guard addresses.admit(block) else { return turnAway(raw) }
    add(raw, host, block)
  }

  /// Says why, since many behind one address may be honest, and closes.
  ///
  /// Nothing is kept of it, and no line is written about it: a flood of these must cost next to nothing. What has come
  /// already is read, since closing over unread bytes is a reset, which can overtake the answer (RFC 9112 §9.6).
  private func turnAway(_ raw: Int32) {
    configuration.figures.refused.add(1, ordering: .relaxed)
    _ = recv(raw, buffer.baseAddress, buffer.count, 0)
    _ = Self.tooManyConnections.withUnsafeBytes { Socket.send(raw, $0, more: false) }
    close(raw)
  }

  private static let tooManyConnections: [UInt8] = {
    let answer = HTTPResponse.problem(
      status: 503, code: "http-connections", detail: "This address has too many connections.",
      fields: [("Retry-After", "5")])
    return ((try? MessageWriter.head(of: answer, dateLine: [], closes: true)) ?? []) + answer.body
  }()

  private func add(_ raw: Int32, _ host: String, _ block: AddressBlock?) {
    nextGeneration &+= 1
    // With its highest bit set a number could look like the listener or the mailbox.
    let generation = nextGeneration & 0x7FFF_FFFF
    let machine = ServerConnection(settings: configuration.settings, peer: host, now: now)
    let connection = Connection(raw: raw, generation: generation, machine: machine)
    let number = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: raw))
    // Not watched, the connection closes as its object ends.
    guard poll.addConnection(raw, number: number) else {
      if let block { addresses.release(block) }
      return
    }
    connection.account.block = block
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
    closeAccount(of: connection)
    deadlines[index] = .max
    setCount(count - 1)
    if isAcceptPaused { resumeAccept() }
  }

  func isOpen(_ connection: Connection) -> Bool { connections[Int(connection.raw)] === connection }

  private func pauseAccept() { setAccept(isActive: false) }

  func resumeAccept() {
    if count < configuration.bounds.connections { setAccept(isActive: true) }
  }

  private func setAccept(isActive: Bool) {
    guard let listener else { return }
    isAcceptPaused = !isActive
    poll.setReader(listener.raw, number: Self.listenerNumber, isActive: isActive)
  }

  private func setCount(_ newCount: Int) {
    count = newCount
    configuration.figures.open.store(newCount, ordering: .relaxed)
  }
}
