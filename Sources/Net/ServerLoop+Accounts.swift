internal import Synchronization

extension ServerLoop {
  /// Keeps count of what a connection holds, and of whose bytes moved last.
  func keepAccount(of connection: Connection) {
    guard isOpen(connection) else { return }
    let heldNow = connection.heldBytes
    add(heldNow - connection.account.heldBytes)
    connection.account.heldBytes = heldNow
    let raw = Int(connection.raw)
    if heldNow == 0 {
      holders.remove(raw)
    } else if connection.movedBytes != connection.account.movedBytes || !holders.contains(raw) {
      holders.append(raw)
    }
    connection.account.movedBytes = connection.movedBytes
  }

  /// Ends the account of a connection that goes.
  func closeAccount(of connection: Connection) {
    add(-connection.account.heldBytes)
    holders.remove(Int(connection.raw))
    if let block = connection.account.block { addresses.release(block) }
  }

  /// The bytes of the bodies that are with the handler.
  ///
  /// Their memory is the handler's until it has answered, whether or not the connection lasts so long: cutting it off
  /// would give nothing back.
  var requestBytes: Int { configuration.figures.requestBytes }

  /// Adds to these bytes, or takes away.
  func addRequest(_ bytes: Int) {
    if bytes != 0 { configuration.figures.inFlight.add(bytes, ordering: .relaxed) }
  }

  private func add(_ bytes: Int) {
    guard bytes != 0 else { return }
    heldBytes += bytes
    configuration.figures.held.store(heldBytes, ordering: .relaxed)
  }
}
