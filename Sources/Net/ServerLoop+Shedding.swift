extension ServerLoop {
  /// Keeps count of what a connection holds, and of whose bytes moved last.
  func keepAccount(of connection: Connection) {
    guard isOpen(connection) else { return }
    let heldNow = connection.heldBytes
    heldBytes += heldNow - connection.account.heldBytes
    connection.account.heldBytes = heldNow
    guard connection.movedBytes != connection.account.movedBytes else { return }
    connection.account.movedBytes = connection.movedBytes
    nextTurn += 1
    connection.account.turn = nextTurn
  }

  /// Cuts off the slowest of those who hold memory while they hold more than the server may spend on them.
  ///
  /// Each request, each answer and the time for them are bounded, but thousands who stop in the middle of a long one
  /// would otherwise fill the memory before their time is over. Those whose bytes move stay, however slowly they do.
  func shed() {
    guard heldBytes > configuration.maxHeldBytes else { return }
    let holding = connections.compactMap { $0 }.filter { $0.account.heldBytes > 0 }
    for connection in holding.sorted(by: { $0.account.turn < $1.account.turn }).dropLast() {
      guard heldBytes > configuration.maxHeldBytes else { return }
      drop(connection)
    }
  }
}
