/// How a connection dawdles.
enum SlowKind: String, CaseIterable {
  case header, body, reader

  /// Seconds between two bytes of those that send.
  static let interval = 3.0

  var title: String {
    switch self {
    case .header: "send a header, one byte in \(Int(Self.interval)) s"
    case .body: "send a body, one byte in \(Int(Self.interval)) s"
    case .reader: "ask for a long answer and do not read it"
    }
  }

  /// What such a connection is like; a reader's system takes little for it, in segments such as the internet has.
  var shape: ClientSocket.Shape {
    self == .reader ? ClientSocket.Shape(receiveBuffer: 4_096, segment: 1_400) : ClientSocket.Shape()
  }

  /// What it sends at once.
  func opening(target: String, token: String?) -> [UInt8] {
    let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    let common = "\(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(authorization)"
    return switch self {
    case .header: Array("GET \(common)X-Slow: ".utf8)
    case .body: Array("POST \(common)Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n".utf8)
    case .reader: Array("GET \(common)\r\n".utf8)
    }
  }
}
