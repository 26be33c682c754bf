/// What the network does to one call.
enum Luck: String, CaseIterable {
  /// It arrives, and so does its answer.
  case good
  /// The request never arrives.
  case requestLost
  /// The connection breaks inside the request.
  case requestCut
  /// The request arrives twice, on two connections.
  case twice
  /// The request arrives when the client has long given up.
  case late
  /// The answer never arrives.
  case answerLost
  /// The connection breaks inside the answer.
  case answerCut
  /// Something else answers: a sign-in page, a proxy in trouble.
  case nonsense
  /// A proxy gives an earlier answer again.
  case stale

  /// Draws one for a lossy network.
  static func draw(_ stream: inout SeededStream) -> Luck {
    stream.chance(oneIn: 2) ? .good : allCases[stream.below(allCases.count)]
  }

  /// Bytes that are an answer, but not the hub's.
  static func nonsense(_ stream: inout SeededStream) -> [UInt8] {
    let answers = [
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19\r\n\r\n<html>Sign in</html",
      "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 204 No Content\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"entries\":[]",
      "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nbad",
      "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno",
      "HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 25\r\n\r\n"
        + "{\"code\":\"history-changed\"}",
      "SSH-2.0-OpenSSH_9.2\r\n",
    ]
    return Array(answers[stream.below(answers.count)].utf8)
  }
}
