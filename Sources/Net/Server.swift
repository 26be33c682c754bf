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
  /// takes any. `precheck`, `allowance` and `onFault` are those of ``ServerSettings``. `busyAnswer` makes the answer, with a
  /// Retry-After, to a request that finds no room within `bounds`; `figures` may be shared with who tells them.
  public init(
    host: String, port: UInt16, limits: HTTPLimits = HTTPLimits(), bounds: ServerBounds = ServerBounds(),
    precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil,
    onFault: (@Sendable (HTTPResponse) -> HTTPResponse)? = nil,
    busyAnswer: @escaping @Sendable (HTTPRequest) -> HTTPResponse = { _ in Server.busy },
    figures: ServerFigures = ServerFigures(), handler: @escaping Handler
  ) throws(NetError) {
    let (listener, boundPort) = try Socket.listen(host: host, port: port)
    mailbox = try Mailbox()
    self.port = boundPort
    self.listener = Locked(listener)
    let settings = ServerSettings(
      limits: limits,
      precheck: { request in
        if let refusal = precheck?(request) { return refusal }
        guard request.declaresBody else { return nil }
        let needed = Self.neededBytes(request, allowance)
        return bounds.hasRoom(for: needed, beside: figures.requestBytes) ? nil : busyAnswer(request)
      }, allowance: allowance, onFault: onFault)
    configuration = ServerConfiguration(
      settings: settings, bounds: bounds, figures: figures, busyAnswer: busyAnswer, handler: handler)
  }

  /// The usual answer to a request that finds no room: try again in a while.
  public static var busy: HTTPResponse {
    .problem(
      status: 503, code: "http-busy", detail: "Too many requests wait here for their answers.",
      fields: [("Retry-After", "5")])
  }

  /// The memory that a body will take as far as its head tells: at least a byte where it tells no length.
  private static func neededBytes(
    _ request: HTTPRequest, _ allowance: (@Sendable (HTTPRequest) -> BodyAllowance)?
  ) -> Int {
    let length = request.fields["content-length"].flatMap { Int($0) } ?? 1
    // What is longer goes to a file as it comes.
    return length > ServerBounds.smallBytes && allowance?(request).spool != nil ? ServerBounds.smallBytes : length
  }

  /// How many connections are open now.
  public var openConnections: Int { configuration.figures.openConnections }

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

  /// Begins to stop, and waits for nothing: each answer that is given after this ends its connection.
  ///
  /// ``stop(graceMilliseconds:)`` must follow.
  public func beginStop(graceMilliseconds: Int) { mailbox.postStop(graceMilliseconds: graceMilliseconds) }

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
