import Crypto
import Dispatch
import Foundation
import HTTP
import JSON
import Net
import Store
import Sync

/// A hub that runs: its folder, its store's thread and its server.
public final class HubProcess {
  private let folder: HubFolder
  private let server: Server
  private let thread: StoreThread
  private let log: LogWriter?

  /// The hub's id.
  public var hub: String { thread.hub.string }
  /// The port that it listens at.
  public var port: UInt16 { server.port }
  /// Whether the folder was empty before: nobody can join yet.
  public let isNew: Bool
  /// What the administrator should hear, though the hub serves: its address could not be written down.
  public let warning: String?

  /// Opens a folder, makes what is missing, and binds the address; nothing is served before ``start()``.
  ///
  /// - Parameters:
  ///   - folder: where the data is.
  ///   - host: the address to listen at.
  ///   - port: the port; 0 for any.
  ///   - version: the program's version.
  ///   - limits: how much one token or address may ask.
  ///   - log: takes a line of JSON for each answered request; `nil` where none is wanted.
  ///   - complain: takes a sentence where a request failed at the hub and no lines are wanted, on any thread; it must
  ///     not wait.
  public init(
    folder: HubFolder, host: String, port: UInt16, version: String, limits: DoorLimits = DoorLimits(),
    log: LogWriter? = nil, complain: (@Sendable (String) -> Void)? = nil
  ) throws {
    self.folder = folder
    self.log = log
    umask(0o077)
    try folder.create()
    isNew = !FileManager.default.fileExists(atPath: folder.database.path)
    let service = try HubService(
      store: folder.openStore(), version: version,
      clock: { HubProcess.now() }, random: { HubProcess.random($0) })
    try Self.ensureAdminToken(folder, service.directory)
    folder.removeDrafts()
    service.makeBackups { try folder.newBackup() }
    let thread = try StoreThread(service)
    self.thread = thread
    let router = HubRouter(hub: thread.hub)
    let streams = RecordStreams(folder, thread)
    let door = Locked(Door(router, limits))
    let requests = RequestLog(
      prefix: Base32.encode(Self.random(4)), clock: { (HubProcess.now(), HubProcess.uptime()) }, log: log,
      complain: complain)
    server = try Server(
      host: host, port: port, bounds: limits.bounds,
      precheck: { request in
        let (known, now) = (thread.tokenSnapshot, HubProcess.uptime())
        guard let refusal = door.withLock({ $0.refusal(of: request, known: known, now: now) }) else { return nil }
        let identity = HubRequest.token(of: request).flatMap { known.identities[$0] }
        return requests.finish(refusal, received: 0, route: router.route(of: request), identity: identity, since: now)
      },
      allowance: { streams.allowance(for: $0, router) },
      onFault: { requests.finish($0, received: 0, route: nil, identity: nil, since: HubProcess.uptime()) },
      busyAnswer: { request in
        let identity = HubRequest.token(of: request).flatMap { thread.tokenSnapshot.identities[$0] }
        let (route, now) = (router.route(of: request), HubProcess.uptime())
        return requests.finish(
          router.busy, received: request.body.count, route: route, identity: identity, since: now)
      }, figures: requests.server
    ) { request, answer in
      Self.handle(request, router, thread, streams, requests, answer: answer)
    }
    let shown = host.contains(":") ? "[\(host)]" : host == "0.0.0.0" ? "127.0.0.1" : host
    do {
      try folder.write("http://\(shown):\(server.port)\n", to: folder.address)
      warning = nil
    } catch {
      // A hub that can still be read is worth more than none.
      warning = "\(error); commands such as 'pioc-hub status' will not find this hub"
    }
  }

  private static func handle(
    _ http: HTTPRequest, _ router: HubRouter, _ thread: StoreThread, _ streams: RecordStreams,
    _ requests: RequestLog, answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let (start, received) = (requests.begin(), http.bodyCount)
    if let body = http.spool {
      return streams.take(http, body) { response in
        let identity = HubRequest.token(of: http).flatMap { thread.tokenSnapshot.identities[$0] }
        answer(
          requests.finish(response, received: received, route: .postRecords, identity: identity, since: start))
      }
    }
    if http.body.count > readingBytes {
      // A long body takes a tenth of a second to read, in which the loop would serve nobody else.
      return reading.async { read(http, start, router, thread, requests, answer: answer) }
    }
    read(http, start, router, thread, requests, answer: answer)
  }

  /// Bodies up to this size are read on the loop's own thread.
  private static let readingBytes = 16 * 1024
  /// One at a time, so that no more than one long body is in memory as values.
  private static let reading = DispatchQueue(label: "reading")

  private static func read(
    _ http: HTTPRequest, _ start: UInt64, _ router: HubRouter, _ thread: StoreThread, _ requests: RequestLog,
    answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    let received = http.body.count
    switch router.read(http) {
    case .answer(let response):
      let identity = HubRequest.token(of: http).flatMap { thread.tokenSnapshot.identities[$0] }
      answer(
        requests.finish(
          response, received: received, route: router.route(of: http), identity: identity, since: start))
    case .request(let request):
      thread.submit(request) { response in
        let identity = request.token.flatMap { thread.tokenSnapshot.identities[$0] }
        let told = request.route == .metrics ? requests.addFigures(to: response) : response
        answer(
          requests.finish(told, received: received, route: request.route, identity: identity, since: start))
      }
    }
  }

  /// Serves on a new thread.
  public func start() { server.start() }

  /// Serves on the calling thread until ``stop(graceMilliseconds:)``.
  public func run() { server.run() }

  /// Stops: what is in flight is answered, then the file is closed.
  public func stop(graceMilliseconds: Int) {
    // First, so that the answers of those who wait say that they are the last on their connections.
    server.beginStop(graceMilliseconds: graceMilliseconds)
    thread.stopWaiting()
    server.stop(graceMilliseconds: graceMilliseconds)
    thread.finish()
    // The last lines, if anybody reads them.
    log?.finish(milliseconds: 1_000)
    try? FileManager.default.removeItem(at: folder.address)
  }

  /// Keeps the store from its work while the closure runs: for tests.
  package func holdStore(_ body: @escaping @Sendable () -> Void) { thread.hold(body) }

  /// Unix time in milliseconds.
  public static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// Milliseconds of the monotonic clock.
  static func uptime() -> UInt64 { DispatchTime.now().uptimeNanoseconds / 1_000_000 }

  /// Random bytes from the system.
  public static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// Makes the administrator's token at the first start, or when its file was lost.
  private static func ensureAdminToken(_ folder: HubFolder, _ directory: Directory) throws {
    if let token = folder.read(folder.adminToken),
      try directory.verdict(SHA256.hash(Array(token.utf8))) == .valid(.admin)
    {
      return
    }
    let token = Base32.encode(random(32))
    try directory.setAdminToken(SHA256.hash(Array(token.utf8)), now: now())
    try folder.write(token + "\n", to: folder.adminToken)
  }
}
