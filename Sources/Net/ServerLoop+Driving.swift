internal import Glibc
internal import HTTP

extension ServerLoop {
  /// Carries out what a connection's machine says until it has to wait.
  ///
  /// A connection that always has more to do is set aside after some turns, for the others' sake.
  func drive(_ connection: Connection) {
    defer { keepAccount(of: connection) }
    var turns = 0
    while connection.flush(now: now) {
      guard turns < 64 else { return setAside(connection) }
      switch connection.machine.nextAction(now: now) {
      case .request(let request):
        turns += 1
        ask(connection, request)
      case .answer(let response):
        turns += 1
        connection.machine.respond(response, dateLine: dateLine, now: now)
      case .send(let bytes, let more):
        guard connection.write(bytes, more: more, now: now) else { return drop(connection) }
      case .shutdownOutput:
        shutdown(connection.raw, Int32(SHUT_WR))
      case .close:
        return drop(connection)
      case .wait(let deadline):
        guard connection.shouldRead, !isOverfull else {
          deadlines[Int(connection.raw)] = deadline ?? .max
          if connection.shouldRead { setAside(connection) }
          return
        }
        turns += 1
        guard connection.read(into: buffer, now: now) else { return drop(connection) }
      }
    }
    drop(connection)
  }

  /// Drives it on in the next turn, once.
  private func setAside(_ connection: Connection) {
    guard !connection.isSetAside else { return }
    connection.isSetAside = true
    unfinished.append(connection)
  }

  /// Has a request answered; an answer that comes at once is taken here, without any detour.
  private func ask(_ connection: Connection, _ request: HTTPRequest) {
    let bytes = request.body.count
    // There was room when its head came, or its length was not known; by now others may have been faster.
    guard configuration.bounds.hasRoom(for: bytes, beside: requestBytes) else {
      return connection.machine.respond(configuration.busyAnswer(request), dateLine: dateLine, now: now)
    }
    nextTicket += 1
    connection.ticket = nextTicket
    addRequest(bytes)
    let answer = PendingAnswer(mailbox, raw: connection.raw, ticket: nextTicket, requestBytes: bytes)
    configuration.handler(request) { answer.give($0) }
    for mail in mailbox.takeLocal() {
      if mail.ticket == connection.ticket {
        respond(connection, mail)
      } else {
        letters.add(mail)
      }
    }
  }

  /// Brings an answer to its connection, if that still waits for it.
  func deliver(_ mail: Mail) {
    let index = Int(mail.raw)
    guard index < connections.count, let connection = connections[index], connection.ticket == mail.ticket
    else { return addRequest(-mail.requestBytes) }
    respond(connection, mail)
    drive(connection)
  }

  private func respond(_ connection: Connection, _ mail: Mail) {
    addRequest(-mail.requestBytes)
    connection.ticket = 0
    let response = mail.response ?? .problem(.noAnswer)
    // Its turn to be told that the server stops may come only later, and this answer is the last one.
    if stopDeadline != nil { connection.machine.drain(now: now) }
    connection.machine.respond(response, dateLine: dateLine, now: now)
  }
}
