internal import Glibc
public import HTTP
internal import Synchronization

/// An HTTP/1.1 server on one thread, for thousands of connections of which most are idle.
///
/// All of its parts are constants that may be shared: what changes lives on the loop's thread (`ServerLoop`),
/// or behind a lock. So it is Sendable, and the compiler checks that.
public final class Server: Sendable {
  /// Answers one request; it is called on the loop's thread, so it must not block.
  ///
  /// The answer may be given at once or later, from any thread. Only the first counts; none becomes a 500.
  public typealias Handler =
    @Sendable (HTTPRequest, @escaping @Sendable (HTTPResponse) -> Void) -> Void

  /// The port that it listens at, also where any port was asked for.
  public let port: UInt16

  private let configuration: ServerConfiguration
  private let mailbox: Mailbox
  /// Taken by `run`.
  private let listener: Locked<Descriptor?>
  private let hasBegun = Locked(false)
  private let end = Latch()

  /// Binds and listens; connections wait until `run` or `start`.
  ///
  /// `host` is an address of this machine, "localhost" (127.0.0.1), or "::" and "0.0.0.0" for all; port 0
  /// takes any. `precheck`, `allowance` and `onFault` are those of ``ServerSettings``. Beyond `maxConnections` new ones are left to
  /// wait unaccepted; beyond `maxHeldBytes` of requests that are not whole and answers that are not read, the slowest of
  /// these are cut off.
  public init(
    host: String, port: UInt16, limits: HTTPLimits = HTTPLimits(),
    precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil,
    onFault: (@Sendable (HTTPResponse) -> HTTPResponse)? = nil, maxConnections: Int = 16_384,
    maxHeldBytes: Int = 256 * 1024 * 1024, handler: @escaping Handler
  ) throws(NetError) {
    let (listener, boundPort) = try Socket.listen(host: host, port: port)
    mailbox = try Mailbox()
    self.port = boundPort
    self.listener = Locked(listener)
    configuration = ServerConfiguration(
      settings: ServerSettings(limits: limits, precheck: precheck, allowance: allowance, onFault: onFault),
      maxConnections: maxConnections,
      maxHeldBytes: maxHeldBytes, handler: handler)
  }

  /// How many connections are open now.
  public var openConnections: Int { configuration.openConnections.load(ordering: .relaxed) }

  /// Serves on the calling thread until `stop`; does nothing when it has run before.
  public func run() {
    let taken = listener.withLock { listener in
      defer { listener = nil }
      return listener
    }
    guard let taken else { return }
    hasBegun.withLock { $0 = true }
    // Without an epoll instance there is nothing to serve with; the listener closes and clients are refused.
    if let loop = try? ServerLoop(configuration, mailbox: mailbox, listener: taken) { loop.run() }
    end.open()
  }

  /// Serves on a new thread until `stop`.
  public func start() {
    hasBegun.withLock { $0 = true }
    var thread = pthread_t()
    let server = Unmanaged.passRetained(self)
    let result = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Server>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, server.toOpaque())
    guard result == 0 else {
      server.release()
      return end.open()
    }
    pthread_detach(thread)
  }

  /// Stops from any thread: no more connections, idle ones closed, requests in flight answered.
  ///
  /// Returns when `run` has ended, or has been told to close what is left because the grace is over. On the
  /// loop's own thread it returns at once, since waiting there would be waiting for itself.
  public func stop(graceMilliseconds: Int) {
    mailbox.postStop(graceMilliseconds: graceMilliseconds)
    guard hasBegun.withLock({ $0 }), !mailbox.isOnLoop else {
      // Never begun: connections that wait are refused from here on.
      listener.withLock { $0 = nil }
      return
    }
    // The loop ends by itself when the grace is over; the rest is for a handler that is at work just then.
    end.wait(milliseconds: max(0, graceMilliseconds) + 500)
  }
}
