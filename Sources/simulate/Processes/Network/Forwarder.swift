import Foundation
import Glibc
import Synchronization

/// Stands between clients and a hub, and passes messages on, or does not.
///
/// A thread for each connection: it may block, and nothing here has to be fast.
final class Forwarder: Sendable {
  private struct State {
    var plan: [ForwardingFault] = []
    var isDeaf = false
    var faults = 0
    var isStopped = false
  }

  /// The port where clients find it.
  let port: UInt16
  private let hubPort: UInt16
  private let state = Mutex(State())

  /// Forwards to a hub from any free port.
  init(to hubPort: UInt16) throws {
    self.hubPort = hubPort
    let listener = try TCPSocket.listener()
    port = listener.port
    let descriptor = dup(listener.descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    Thread { [self] in acceptAll(TCPSocket(descriptor: descriptor)) }.start()
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// How many exchanges it has hurt so far.
  var faults: Int { state.withLock { $0.faults } }

  /// Hurts the next exchanges like this, one after the other; after them it passes everything on.
  func plan(_ faults: [ForwardingFault]) { state.withLock { $0.plan = faults } }

  /// Swallows every answer from here on, or none any more.
  func setDeaf(_ isDeaf: Bool) { state.withLock { $0.isDeaf = isDeaf } }

  /// Takes no connections any more.
  func stop() {
    state.withLock { $0.isStopped = true }
    _ = try? TCPSocket(port: port)
  }

  private func acceptAll(_ listener: TCPSocket) {
    while !state.withLock({ $0.isStopped }) {
      guard let accepted = listener.accept() else { continue }
      Thread { [self] in serve(TCPSocket(descriptor: accepted)) }.start()
    }
  }

  private func serve(_ client: TCPSocket) {
    guard var hub = try? Peer(port: hubPort) else { return }
    var requests = MessageReader(client)
    while let request = requests.next() {
      guard let fault = nextFault() else {
        guard let answer = hub.ask(request.bytes), client.write(answer.bytes) else { return }
        continue
      }
      guard hurt(request, by: fault, client, &hub) else { return }
    }
  }

  private func nextFault() -> ForwardingFault? {
    state.withLock { state in
      if state.isDeaf { return .swallowed }
      return state.plan.isEmpty ? nil : state.plan.removeFirst()
    }
  }

  /// Whether the connection goes on afterwards.
  private func hurt(
    _ request: MessageReader.Message, by fault: ForwardingFault, _ client: TCPSocket, _ hub: inout Peer
  ) -> Bool {
    let answer = carry(request, fault, &hub)
    // Counted as soon as the hub has its part, and before the client can know.
    state.withLock { $0.faults += 1 }
    switch fault {
    case .swallowed:
      // The client must see neither an answer nor an end: it ends this by itself.
      while !client.read().isEmpty {}
    case .closed, .requestCut: break
    case .answerCut(let fraction, let isReset):
      guard let answer else { break }
      client.write(answer.bytes.prefix(Int(Double(answer.bytes.count) * fraction)))
      if isReset { client.reset() }
    case .doubled:
      if let answer { return client.write(answer.bytes) }
    }
    return false
  }

  private func carry(
    _ request: MessageReader.Message, _ fault: ForwardingFault, _ hub: inout Peer
  ) -> MessageReader.Message? {
    switch fault {
    case .requestCut(let fraction):
      hub.send(request.bytes.prefix(Int(Double(request.bytes.count) * fraction)))
      return nil
    case .doubled:
      guard var other = try? Peer(port: hubPort) else { return nil }
      _ = other.ask(request.bytes)
      return hub.ask(request.bytes)
    case .swallowed, .closed, .answerCut: return hub.ask(request.bytes)
    }
  }
}
