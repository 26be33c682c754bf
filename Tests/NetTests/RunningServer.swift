import HTTP
import Net
import Testing

/// A server on a free port for the length of a test.
struct RunningServer: ~Copyable {
  let server: Server
  let figures = ServerFigures()

  init(
    limits: HTTPLimits = HTTPLimits(), bounds: ServerBounds = ServerBounds(),
    handler: @escaping Server.Handler = { request, answer in answer(Self.echo(request)) },
    precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil,
    onFault: (@Sendable (HTTPResponse) -> HTTPResponse)? = nil
  ) throws {
    server = try Server(
      host: "127.0.0.1", port: 0, limits: limits, bounds: bounds, precheck: precheck, allowance: allowance,
      onFault: onFault,
      figures: figures, handler: handler)
    server.start()
  }

  deinit { server.stop(graceMilliseconds: 0) }

  func client(receiveBuffer: Int32? = nil, source: UInt8 = 1) throws -> Client {
    try Client(server.port, receiveBuffer: receiveBuffer, source: source)
  }

  /// Answers with the path, or the body if there is one.
  static func echo(_ request: HTTPRequest) -> HTTPResponse {
    HTTPResponse(status: 200, body: request.body.isEmpty ? Array(request.path.utf8) : request.body)
  }
}
