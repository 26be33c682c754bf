import Crypto
public import SQLite

/// What a simulated world saw promised, and what must therefore be found in its files.
///
/// It is written from the protocol's text and shares no code with the engine. It is told of everything that
/// happens outside the files: what was written, saved, acknowledged, copied and restored; and it reads the
/// files with plain SELECTs. Tell it first, check afterwards. A hub's file should be checked before those of
/// the replicas: their bases are compared with the history of the hub that it saw last.
///
/// ## Topics
/// - Writing: `wrote(_:)`, `saved(_:in:)`, `ended(in:)`, `gaveUp(_:)`
/// - The hub: `acknowledged(replica:n:fate:seq:time:)`, `observeHub(_:)`, `hubRestored(_:)`
/// - Other systems: `posted(_:by:documents:isKeyed:isDry:seen:)`, `answered(_:isDry:body:)`, `learn(_:)`
/// - Files: `copied(_:to:)`, `destroyed(_:)`
/// - Finding out: `check(_:file:isHub:)`, `judge(hub:replicas:)`
public struct Oracle {
  let cache = OracleCache()
  /// Everything that was written, by name.
  var written: [NaiveName: WrittenChange] = [:]
  /// The records that somebody erased; the engine may erase them again by itself.
  var erased: Set<[UInt8]> = []
  /// The names that a file keeps by promise.
  var kept: [String: Set<NaiveName>] = [:]
  /// Refused changes that their user gave up.
  var givenUp: Set<NaiveName> = []
  /// Files in which a command ended without an answer.
  var unsure: Set<String> = []
  /// What was wrong with what it was told.
  var complaints: [Violation] = []
  var acknowledgements: [OracleDot: Acknowledgement] = [:]
  /// The chain at each seq as it was last seen.
  var chains: [Int64] = []
  var wasRestored = false
  /// The hub as it was when it was last checked.
  var history: HubHistory?
  /// What other systems posted, by the number of the request.
  var posts: [Int64: OraclePost] = [:]
  /// The systems by the ids under which the hub writes or wrote for them.
  var systems: [[UInt8]: String] = [:]
  /// Whether those are the ids of now.
  var knowsSystems = false
  /// Up to where the hub's log was learnt, and the last change in it that was applied.
  var learned: Int64 = 0
  var lastApplied: Int64 = 0

  /// Knows of nothing.
  public init() {}

  // MARK: Writing

  /// Somebody began to write this change; whether it was saved is not known.
  ///
  /// Any spelling of it will do. What is no change at all cannot come to be in a log, and is passed over.
  public mutating func wrote(_ bytes: [UInt8]) {
    if let change = change(bytes) { note(change) }
  }

  /// A person was told that this change is saved; the file must keep it.
  public mutating func saved(_ bytes: [UInt8], in file: String) {
    guard let change = change(bytes) else {
      complaints.append(Violation(.unreadableChange, "\(file) saved \(bytes.shown)"))
      return
    }
    note(change)
    kept[file, default: []].insert(change.name)
  }

  /// A command that writes ended without an answer, as if the process was killed: the file may hold what it
  /// wrote.
  ///
  /// Changes that the next check of this file finds, and that are unknown so far, are taken as written, not
  /// as saved.
  public mutating func ended(in file: String) { unsure.insert(file) }

  /// A user looked at this refused change and gave it up.
  public mutating func gaveUp(_ bytes: [UInt8]) {
    if let change = change(bytes) { givenUp.insert(change.name) }
  }

  private func change(_ bytes: [UInt8]) -> NaiveChange? {
    guard let canonical = NaiveReader.read(bytes)?.canonical else { return nil }
    return cache.change(SHA256.hash(canonical)) { canonical }
  }

  mutating func note(_ change: NaiveChange) {
    written[change.name] = WrittenChange(hash: change.firstHash, record: change.record)
    if change.erases { erased.insert(change.record) }
  }

  // MARK: Files

  /// A file was copied over another: a second machine, a backup, or a backup that is put back.
  ///
  /// What the other file alone held is gone with it; nobody can promise more. Name backups as files too.
  public mutating func copied(_ file: String, to other: String) {
    kept[other] = kept[file]
    if unsure.contains(file) { unsure.insert(other) } else { unsure.remove(other) }
  }

  /// A file is gone for good.
  public mutating func destroyed(_ file: String) {
    kept[file] = nil
    unsure.remove(file)
  }

  // MARK: The hub

  /// The hub told the fate of a change in an answer of status 200, whether that answer arrived or not.
  ///
  /// `fate` is the word of the protocol: applied, rejected, void or erased.
  public mutating func acknowledged(
    replica: String, n: Int64, fate: String, seq: Int64? = nil, time: Int64? = nil
  ) {
    let dot = OracleDot(replica: Array(replica.utf8), n: n)
    acknowledgements[dot] = Acknowledgement(dot: dot, fate: fate, seq: seq, time: time)
  }

  /// Says whether the hub's log only grew since it was looked at last.
  public mutating func observeHub(_ connection: Connection) throws -> [Violation] {
    var found: [Violation] = []
    var seen: [Int64] = []
    try connection.rows("SELECT chain FROM log ORDER BY pos") { seen.append($0.integer(0)) }
    if seen.count < chains.count {
      found.append(Violation(.historyShortened, "the head fell from \(chains.count) to \(seen.count)"))
    }
    if let place = zip(seen, chains).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset {
      found.append(Violation(.historyRewritten, "the chain at seq \(place + 1) changed"))
    }
    chains = seen
    return found
  }

  /// The hub's file was replaced, by a backup or by a new one; what it does not hold is not promised any
  /// more.
  public mutating func hubRestored(_ connection: Connection) throws {
    wasRestored = true
    chains = []
    forgetAnswers()
    _ = try learn(connection)
    _ = try observeHub(connection)
    let file = try OracleFile(connection, name: "hub", isHub: true, cache: cache)
    let history = HubHistory(file)
    let dots = file.entriesByDot()
    acknowledgements = acknowledgements.filter { $0.value.complaint(dots[$0.key], history) == nil }
  }
}
