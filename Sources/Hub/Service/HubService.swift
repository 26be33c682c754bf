import Crypto
public import HTTP
public import JSON
import SQLite
public import Store
import Sync

/// What a hub decides, synchronous and without a socket: requests in, answers out.
///
/// Requests that wait together are handled in one transaction, and none of their answers may be sent before
/// ``handle(_:)`` returns: acknowledged means committed.
///
/// ## Topics
/// - Reading a request on any thread: ``HubRouter``
/// - Handling it on the store's thread: ``handle(_:)``
public final class HubService {
  let store: Store
  /// The store, for tests that look past the service.
  package var storeForInspection: Store { store }
  /// The log that this hub keeps.
  public let log: HubLog
  /// Who may speak to it.
  public let directory: Directory
  let clock: () -> Int64
  let random: (Int) -> [UInt8]
  let version: String
  var contacts = ReplicaContacts()
  var backups = HubBackups()
  /// What each request that reads may cost.
  package var budget = ReadBudget()
  /// Whether a commit's sync failed and none has succeeded since: a process that dies now leaves a log that looks sound
  /// and may not be on the disk.
  package internal(set) var hasFailedSync = false
  /// How often such a commit was written over at once.
  package internal(set) var overwrittenFailedSyncs = 0

  /// A service over a store.
  ///
  /// - Parameters:
  ///   - store: a hub's store.
  ///   - version: the program's version, for the status.
  ///   - clock: Unix time in milliseconds.
  ///   - random: so many random bytes, for ids and invites.
  public init(
    store: Store, version: String, clock: @escaping () -> Int64, random: @escaping (Int) -> [UInt8]
  ) throws {
    self.store = store
    self.clock = clock
    self.random = random
    self.version = version
    log = try HubLog(store: store, newID: Text(Base32.encode(random(10))))
    directory = Directory(store: store)
  }

  /// The hub's id.
  public var hub: Text { log.hub }

  /// Closes the hub's file; what was heard of replicas is written down first.
  public func close() throws {
    backups.cancel()
    try log.transaction { try contacts.save(store.connection) }
    try store.close()
  }

  /// Handles requests that wait together in one transaction.
  ///
  /// Should the group fail, it is rolled back and each request runs in a transaction of its own, so that one cannot
  /// take the others down.
  ///
  /// - Returns: one answer for each; `nil` where the sender waits for news and there is none: to be asked again when the
  ///   log has moved or tokens were taken back, and in the end without ``HubRequest/wait``.
  public func handle(_ requests: [HubRequest]) -> [HTTPResponse?] {
    let known = contacts
    do {
      return try log.transaction {
        let answers = try requests.map { try answer($0) }
        try saveContacts()
        return answers
      }
    } catch {
      // Nothing happened: what was heard may speak of entries that are not there.
      contacts = known
      if let error = error as? SQLiteError, error.isFailedSync { writeOverFailedSync() }
      guard requests.count > 1 else { return [failure(error)] }
      return requests.flatMap { handle([$0]) }
    }
  }

  private func failure(_ error: any Error) -> HTTPResponse {
    if let error = error as? SQLiteError, error.isBusy {
      return HubAnswer.problem(HubRefusal(.busy, "the hub's file is in use", because: error), hub: hub)
    }
    return HubAnswer.problem(
      HubRefusal(.storageFailed, "nothing of this request was stored", because: error), hub: hub)
  }

  /// The answer to one request; throws only when the store failed.
  private func answer(_ request: HubRequest) throws -> HTTPResponse? {
    do {
      let identity = try authorise(request)
      // Not where it asks for a new id: from there on the old one is not in use, unless it is heard again.
      if case .replica(let replica) = identity, request.route != .identity {
        contacts.heard(replica, ReplicaContacts.Contact(time: clock()))
      }
      return try dispatch(request, as: identity)
    } catch let refusal as HubRefusal {
      return HubAnswer.problem(refusal, hub: hub)
    }
  }

  private func authorise(_ request: HubRequest) throws -> Identity? {
    guard let roles = request.route.roles else { return nil }
    guard let token = request.token else { throw HubRefusal(.unauthorized, "no bearer token was sent") }
    switch try directory.verdict(token) {
    case .unknown: throw HubRefusal(.unauthorized, "this token is not known here")
    case .revoked: throw HubRefusal(.revoked, "this token was revoked")
    case .valid(let identity):
      guard roles.contains(identity.role) else {
        throw HubRefusal(.forbidden, "a token of a\(identity.role.article) is not for \(request.route.rawValue)")
      }
      return identity
    }
  }

  private func dispatch(_ request: HubRequest, as identity: Identity?) throws -> HTTPResponse? {
    switch (request.body, identity) {
    case (.sync(let sync, let offers), .replica(let replica)):
      return try self.sync(sync, offers: offers, from: replica, mayWait: request.wait > 0)
    case (.batch(let batch), .replica(let replica)): return try push(batch, from: replica)
    case (.records(let records, let hash, let part), .integrator(let replica)):
      return try post(records, hash: hash, part: part, request.http, from: replica)
    case (.json(let body), .replica(let replica)): return try replicaCall(request.route, body, from: replica)
    case (.json(let body), _): return try adminCall(request.route, body)
    default: return try read(request, as: identity)
    }
  }

  private func saveContacts() throws {
    let now = clock()
    guard contacts.shouldSave(now: now, isWriting: log.hasWritten) else { return }
    try contacts.save(store.connection)
    contacts.didSave(now: now)
  }
}
