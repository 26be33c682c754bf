/// The forwarder's own connection to the hub.
struct Peer {
  private let socket: TCPSocket
  private var answers: MessageReader

  init(port: UInt16) throws {
    socket = try TCPSocket(port: port)
    answers = MessageReader(socket)
  }

  /// Sends a request and waits for its answer.
  mutating func ask(_ request: [UInt8]) -> MessageReader.Message? {
    socket.write(request) ? answers.next() : nil
  }

  /// Sends bytes and waits for nothing.
  func send(_ bytes: some Collection<UInt8>) { socket.write(bytes) }
}
