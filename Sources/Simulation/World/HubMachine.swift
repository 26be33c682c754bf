import Crypto
import HTTP
import Hub
import Store
import Sync

/// The hub of a world: a simulated disk, and the production service on it while its process runs.
final class HubMachine {
  let disk: SimulatedDisk
  /// The clock's difference to the right time, in milliseconds.
  var skew: Int64 = 0
  /// Copies of its files.
  var kept: [DiskSnapshot] = []
  /// Whether a planned death is a power loss.
  var losesPower = false
  /// Whether a sync may have failed since the process began.
  ///
  /// Pages that were not written then look written to whoever opens the file next, until the machine itself begins anew;
  /// a process that ends after that takes its machine along, unless the hub has written over them. That is a limit which
  /// the claims page tells of.
  var mayHaveFailedSync = false
  private(set) var service: HubService?
  /// Which of its processes this is.
  private(set) var life = 0
  private var desk = RequestDesk<Int>()
  private var router: HubRouter?
  private var random: SeededStream
  private let now: () -> Int64
  let adminToken = "the-administrator"

  /// - Parameter now: the right time, in milliseconds.
  init(seed: UInt64, now: @escaping () -> Int64) {
    disk = SimulatedDisk(name: "hub", randomness: SeededStream(seed: seed, purpose: "hub disk"))
    random = SeededStream(seed: seed, purpose: "hub random")
    self.now = now
  }

  /// Whether the process runs.
  var isRunning: Bool { service != nil }

  /// Starts the process if it does not run.
  func start() throws {
    guard service == nil else { return }
    let store = try Store(path: BlankFiles.hubPath, role: .hub, vfs: disk.vfs)
    let service = try HubService(
      store: store, version: "simulated", clock: { [unowned self] in now() + skew },
      random: { [unowned self] in random.bytes($0) })
    let hash = SHA256.hash(Array(adminToken.utf8))
    if try service.directory.verdict(hash) != .valid(.admin) {
      try service.log.transaction { try service.directory.setAdminToken(hash, now: now() + skew) }
    }
    self.service = service
    router = HubRouter(hub: service.hub)
  }

  /// Forgets the process, whatever it was doing and whoever was waiting.
  func drop() {
    service = nil
    router = nil
    desk = RequestDesk()
    life += 1
  }

  /// Ends the process as an administrator does.
  func stop() {
    try? service?.close()
    drop()
  }

  /// Reads a request as the loop's thread does.
  func read(_ request: HTTPRequest) -> HubRouter.Reading? { router?.read(request) }

  /// Answers requests that come together, and those who have waited for what they bring.
  ///
  /// Nothing comes back if the process died over them.
  /// Who waits from here on has no answer yet. Answers are known by the tickets of their requests.
  func handle(_ requests: [(ticket: Int, request: HubRequest)], now: Int64) -> [(ticket: Int, response: HTTPResponse)]?
  {
    work(requests.map { HubJob(request: $0.request, ticket: $0.ticket) }, now)
  }

  /// Answers those whose time is over.
  func tick(now: Int64) -> [(ticket: Int, response: HTTPResponse)]? { work(desk.takeDue(now: UInt64(now)), now) }

  /// Answers all who wait, and lets nobody wait any more.
  func stopWaiting(now: Int64) -> [(ticket: Int, response: HTTPResponse)]? { work(desk.stop(), now) }

  /// Does what the store's thread does until nothing is left to do.
  private func work(_ jobs: [HubJob<Int>], _ now: Int64) -> [(ticket: Int, response: HTTPResponse)]? {
    guard let service else { return nil }
    let count = service.overwrittenFailedSyncs
    var answers: [(ticket: Int, response: HTTPResponse)] = []
    var jobs = jobs
    while !jobs.isEmpty {
      let outcome = desk.handle(jobs, by: service, now: UInt64(now))
      answers += outcome.answers
      jobs = outcome.again
    }
    // Where the hub says that it has mended this itself, it is taken at its word.
    if !service.hasFailedSync, service.overwrittenFailedSyncs > count, !disk.faults.isPlanned(.sync) {
      mayHaveFailedSync = false
    }
    return disk.isKilled ? nil : answers
  }
}

extension SeededStream {
  /// So many bytes.
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
