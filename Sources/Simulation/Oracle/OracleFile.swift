import Crypto
import SQLite

/// The tables of a hub's or a replica's file, read as plainly as possible.
struct OracleFile {
  let name: String
  let isHub: Bool
  let damage: [String]
  let settings: [String: [UInt8]]
  let entries: [FileEntry]
  let records: [FileRecord]
  /// The positions that have a reason for a refusal.
  let verdicts: Set<Int64>
  /// Which records name which.
  let references: Set<FileReference>
  /// The numbers of the records that a search can find.
  let searchable: Set<Int64>
  /// The former names, by the position of the change written again.
  let renamed: [Int64: NaiveName]

  init(_ connection: Connection, name: String, isHub: Bool, cache: OracleCache) throws {
    (self.name, self.isHub) = (name, isHub)
    var damage: [String] = []
    try connection.rows("PRAGMA integrity_check") { if $0.text(0) != "ok" { damage.append($0.text(0)) } }
    self.damage = damage
    var settings: [String: [UInt8]] = [:]
    try connection.rows("SELECT key, value FROM setting") { settings[$0.text(0)] = $0.bytes(1) }
    self.settings = settings
    var verdicts: Set<Int64> = []
    try connection.rows("SELECT pos FROM verdict") { verdicts.insert($0.integer(0)) }
    self.verdicts = verdicts
    let replicas = try Self.replicas(connection)
    let renamed = try Self.renamed(connection, replicas)
    self.renamed = renamed
    entries = try Self.entries(connection, replicas, renamed, cache)
    records = try Self.records(connection, isHub: isHub, cache)
    references = isHub ? [] : try Self.references(connection)
    var searchable: Set<Int64> = []
    if !isHub { try connection.rows("SELECT rowid FROM search") { searchable.insert($0.integer(0)) } }
    self.searchable = searchable
  }

  /// The rows of the log by dot.
  func entriesByDot() -> [OracleDot: FileEntry] {
    Dictionary(entries.map { (OracleDot(replica: $0.replica, n: $0.n), $0) }) { first, _ in first }
  }

  private static func replicas(_ connection: Connection) throws -> [Int64: [UInt8]] {
    var replicas: [Int64: [UInt8]] = [:]
    try connection.rows("SELECT num, id FROM replica") { replicas[$0.integer(0)] = $0.bytes(1) }
    return replicas
  }

  private static func renamed(
    _ connection: Connection, _ replicas: [Int64: [UInt8]]
  ) throws -> [Int64: NaiveName] {
    var renamed: [Int64: NaiveName] = [:]
    try connection.rows("SELECT pos, replica, n, hash FROM renamed") { row in
      renamed[row.integer(0)] = NaiveName(
        replica: replicas[row.integer(1)] ?? [], n: row.integer(2), hash: UInt64(bitPattern: row.integer(3)))
    }
    return renamed
  }

  private static func entries(
    _ connection: Connection, _ replicas: [Int64: [UInt8]], _ renamed: [Int64: NaiveName],
    _ cache: OracleCache
  ) throws -> [FileEntry] {
    var entries: [FileEntry] = []
    try connection.rows(
      """
      SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags, body
      FROM log NOT INDEXED ORDER BY pos
      """
    ) { row in
      let replica = replicas[row.integer(2)] ?? Array(String(row.integer(2)).utf8)
      let hash = Digest(bytes: row.bytes(7)) ?? .zero
      let bodyHash = row.isNull(11) ? nil : row.withBytes(11, sha256)
      let former = renamed[row.integer(0)]
      // What a hub has compacted is what was read under that hash before.
      let isCompacted = bodyHash == nil && row.integer(9) == 1 && row.integer(10) & 1 != 0
      let change = isCompacted ? cache.known(hash) : bodyHash.flatMap { cache.change($0) { row.bytes(11) } }
      entries.append(
        FileEntry(
          pos: row.integer(0), seq: row.optionalInteger(1), replica: replica, n: row.integer(3),
          record: row.integer(4), prev: row.integer(5), time: row.integer(6), hash: hash,
          chain: row.integer(8),
          fate: EntryFate(rawValue: row.integer(9)), flags: row.integer(10), bodyHash: bodyHash,
          change: change,
          name: former ?? change?.name ?? NaiveName(replica: replica, n: row.integer(3), hash: hash.prefix),
          isRenamed: former != nil, isDisplaced: row.integer(2) < 0))
    }
    return entries
  }

  private static func records(
    _ connection: Connection, isHub: Bool, _ cache: OracleCache
  ) throws -> [FileRecord] {
    var records: [FileRecord] = []
    let read = { (row: Row) in
      records.append(
        FileRecord(
          num: row.integer(0), id: uuid(row.bytes(1)), kind: row.bytes(2), seq: row.integer(3),
          last: row.integer(4),
          hash: row.isNull(5) ? nil : Digest(bytes: row.bytes(5)) ?? .zero,
          base: row.isNull(6) ? nil : state(row, 6, cache), state: state(row, 7, cache),
          deleted: row.integer(8), conflicts: row.integer(9), isStale: row.integer(10) != 0,
          title: isHub ? nil : row.text(11)))
    }
    if isHub {
      try connection.rows(
        "SELECT num, id, kind, seq, last, hash, base, state, deleted, conflicts, 0 FROM record ORDER BY num",
        each: read
      )
    } else {
      try connection.rows(
        """
        SELECT num, id, kind, seq, last, hash, base, state, deleted, conflicts, stale, title
        FROM record ORDER BY num
        """, each: read)
    }
    return records
  }

  private static func references(_ connection: Connection) throws -> Set<FileReference> {
    var references: Set<FileReference> = []
    try connection.rows("SELECT target, source, field FROM reference") { row in
      references.insert(
        FileReference(target: uuid(row.bytes(0)), source: row.integer(1), field: row.bytes(2)))
    }
    return references
  }

  private static func state(_ row: Row, _ column: Int32, _ cache: OracleCache) -> (
    hash: Digest, state: KnownState?
  ) {
    let hash = row.withBytes(column, sha256)
    return (hash, cache.state(hash) { row.bytes(column) })
  }

  private static func sha256(_ bytes: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// An id of 16 bytes as its 36 characters.
  private static func uuid(_ bytes: [UInt8]) -> [UInt8] {
    var text = Hex.encodeBytes(bytes)
    guard text.count == 32 else { return text }
    for place in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: place) }
    return text
  }
}
