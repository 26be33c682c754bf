import Foundation

/// A kept-alive connection to a hub.
final class HubConnection {
  private let socket: TCPSocket
  private var reader: MessageReader
  private let token: String

  init(port: UInt16, token: String) throws {
    socket = try TCPSocket(port: port)
    socket.limitWaiting(seconds: 10)
    reader = MessageReader(socket)
    self.token = token
  }

  /// Sends a request and gives status and body.
  func send(_ method: String, _ path: String, body: String = "") throws -> (status: Int, body: Data) {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
    if method == "POST" { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
    guard socket.write(Array((head + "\r\n" + body).utf8)), let answer = reader.next() else {
      throw TrialError("\(method) \(path) was not answered")
    }
    return (answer.status, Data(answer.body))
  }

  /// What a path answers, which must be 200.
  func get<T: Decodable>(_ path: String, _ type: T.Type) throws -> T {
    let answer = try send("GET", path)
    guard answer.status == 200, let value = try? JSONDecoder().decode(type, from: answer.body) else {
      throw TrialError(
        "GET \(path): \(answer.status) \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
    }
    return value
  }
}
