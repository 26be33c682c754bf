internal import HTTP
internal import Synchronization

/// What a server is told once, and the figures that it tells back.
final class ServerConfiguration: Sendable {
  let settings: ServerSettings
  let bounds: ServerBounds
  let figures: ServerFigures
  let busyAnswer: @Sendable (HTTPRequest) -> HTTPResponse
  let handler: Server.Handler

  init(
    settings: ServerSettings, bounds: ServerBounds, figures: ServerFigures,
    busyAnswer: @escaping @Sendable (HTTPRequest) -> HTTPResponse, handler: @escaping Server.Handler
  ) {
    self.settings = settings
    var bounds = bounds
    bounds.connections = max(1, bounds.connections)
    self.bounds = bounds
    self.figures = figures
    self.busyAnswer = busyAnswer
    self.handler = handler
  }

  /// Whether connections from an address are counted.
  func counts(_ address: SocketAddress, host: String) -> Bool {
    bounds.connectionsPerAddress > 0 && (bounds.countsLoopback || !address.isLoopback)
      && !bounds.unlimitedAddresses.contains(host)
  }
}
