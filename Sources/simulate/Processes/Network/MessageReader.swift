/// Takes whole HTTP messages from a socket; only such as say their length, as hub and client both do.
struct MessageReader {
  private let socket: TCPSocket
  private var buffer: [UInt8] = []

  init(_ socket: TCPSocket) { self.socket = socket }

  /// A message.
  struct Message {
    let bytes: [UInt8]
    /// Where its head ends.
    let headEnd: Int

    var head: String { String(decoding: bytes[..<headEnd], as: UTF8.self) }
    var body: ArraySlice<UInt8> { bytes[headEnd...] }
    /// The status, if it is an answer.
    var status: Int { head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }
  }

  /// The next message; `nil` when the connection ends before it is whole.
  mutating func next() -> Message? {
    while true {
      if let end = headEnd() {
        let length = end + Self.length(String(decoding: buffer[..<end], as: UTF8.self))
        if buffer.count >= length {
          defer { buffer.removeFirst(length) }
          return Message(bytes: Array(buffer[..<length]), headEnd: end)
        }
      }
      let more = socket.read()
      if more.isEmpty { return nil }
      buffer += more
    }
  }

  private func headEnd() -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard buffer.count >= mark.count else { return nil }
    return (0...(buffer.count - mark.count)).first { Array(buffer[$0..<$0 + 4]) == mark }.map { $0 + 4 }
  }

  private static func length(_ head: String) -> Int {
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
      return Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
    }
    return 0
  }
}
