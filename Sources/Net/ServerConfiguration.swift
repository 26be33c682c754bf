internal import HTTP
internal import Synchronization

/// What a server is told once, and the one figure that it tells back.
final class ServerConfiguration: Sendable {
  let settings: ServerSettings
  let maxConnections: Int
  let maxHeldBytes: Int
  let handler: Server.Handler
  let openConnections = Atomic<Int>(0)

  init(settings: ServerSettings, maxConnections: Int, maxHeldBytes: Int, handler: @escaping Server.Handler) {
    self.settings = settings
    self.maxConnections = max(1, maxConnections)
    self.maxHeldBytes = maxHeldBytes
    self.handler = handler
  }
}
