import HTTP
import Net
import Testing

/// A server on a free port for the length of a test.
struct RunningServer: ~Copyable {
  let server: Server

  init(
    limits: HTTPLimits = HTTPLimits(), maxConnections: Int = 1000, maxHeldBytes: Int = 1 << 30,
    handler: @escaping Server.Handler = { request, answer in answer(Self.echo(request)) },
    precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil
  ) throws {
    server = try Server(
      host: "127.0.0.1", port: 0, limits: limits, precheck: precheck, allowance: allowance,
      maxConnections: maxConnections,
      maxHeldBytes: maxHeldBytes, handler: handler)
    server.start()
  }

  deinit { server.stop(graceMilliseconds: 0) }

  func client(receiveBuffer: Int32? = nil) throws -> Client {
    try Client(server.port, receiveBuffer: receiveBuffer)
  }

  /// Answers with the path, or the body if there is one.
  static func echo(_ request: HTTPRequest) -> HTTPResponse {
    HTTPResponse(status: 200, body: request.body.isEmpty ? Array(request.path.utf8) : request.body)
  }
}
