import Crypto

/// What a hub's file must hold to.
extension OracleFile {
  /// Checks a hub's file against its own log.
  func hubViolations(_ history: HubHistory) -> [Violation] {
    let (broken, chain) = rolled()
    var found = orderViolations() + nameViolations(history)
    // One wrong link makes all after it wrong: the first says where.
    if let broken { found.append(Violation(.wrongChain, broken.place(name))) }
    let rows = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
    var digest = Digest.zero
    for record in records {
      found += columnViolations(record)
      if let hash = record.hash { digest = digest &+ hash }
      if record.hash == nil { found.append(Violation(.stateHash, "\(place(record)) has no hash")) }
      found += foldViolations(record, history)
    }
    for record in history.all where rows[record.record] == nil {
      found.append(Violation(.missingRecord, "\(name) lacks \(record.record.shown)"))
    }
    return found + pointViolations(chain, digest)
  }

  /// Seqs and the numbers of each replica without holes.
  private func orderViolations() -> [Violation] {
    var found: [Violation] = []
    var last: [[UInt8]: Int64] = [:]
    for (index, entry) in entries.enumerated() {
      var place: String { entry.place(name) }
      if entry.pos != Int64(index) + 1 {
        found.append(Violation(.logOrder, "\(place) stands where seq \(index + 1) should be"))
      }
      if entry.fate == .open || entry.fate == .openVoid {
        found.append(Violation(.logOrder, "\(place) has no fate"))
      }
      if entry.fate == .marker {
        if entry.n != entry.pos { found.append(Violation(.logOrder, "\(place) is a marker of another place")) }
        continue
      }
      if entry.n != (last[entry.replica] ?? 0) + 1 {
        found.append(Violation(.gap, "\(place) follows \(last[entry.replica] ?? 0)"))
      }
      last[entry.replica] = entry.n
      if entry.fate == .applied, entry.bodyHash == nil, !entry.isCompacted || entry.change == nil {
        found.append(Violation(.lostBytes, place))
      }
    }
    return found
  }

  /// The rolling hash over the log (Protocol, 6.2), and the first row that keeps another one.
  private func rolled() -> (broken: FileEntry?, chain: Digest) {
    var broken: FileEntry?
    var chain = Digest.zero
    for entry in entries {
      var bytes = chain.bytes
      entry.hash.append(to: &bytes)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: entry.time >> shift))
      }
      chain = SHA256.hash(bytes)
      if broken == nil, Int64(bitPattern: chain.prefix) != entry.chain { broken = entry }
    }
    return (broken, chain)
  }

  /// A change of a name counts once, and what travels as a state is marked.
  private func nameViolations(_ history: HubHistory) -> [Violation] {
    var found: [Violation] = []
    for entry in entries {
      var place: String { entry.place(name) }
      // Of a refused or erased change two copies of a file may each offer a void.
      if ![.duplicate, .void, .marker].contains(entry.fate), history.arrival(entry.name) != entry.pos {
        found.append(Violation(.wrongName, "\(place): \(entry.name) was there before"))
      }
      guard entry.fate == .applied, let change = entry.change, let record = history.record(change.record),
        record.erased == nil
      else { continue }
      if !entry.isCompacted, record.touchesMark(at: entry.pos) != entry.travelsAsState {
        found.append(
          Violation(.wrongFlag, "\(place) travels as a \(entry.travelsAsState ? "state" : "change")"))
      }
    }
    for record in history.all where record.erased == nil {
      for case let (spot, seq?) in record.waits.map({ ($0.spot, $0.to) }) {
        guard let entry = history[seq], !entry.travelsAsState else { continue }
        found.append(
          Violation(.wrongFlag, "\(entry.place(name)) clears \(spot) and does not travel as a state"))
      }
    }
    for pos in renamed.keys where history[pos] == nil {
      found.append(
        Violation(.wrongName, "\(name) keeps a former name for the row \(pos), which is not there"))
    }
    return found
  }

  private func foldViolations(_ record: FileRecord, _ history: HubHistory) -> [Violation] {
    var place: String { self.place(record) }
    let changes = history.record(record.id)
    var found: [Violation] = []
    if let expected = changes?.state(at: .max) {
      found += difference(place, record.state.state, expected.state, expected.hash)
    } else {
      found += difference(place, record.state.state, NaiveState(record: record.id, kind: record.kind))
    }
    if record.base != nil || record.isStale {
      found.append(Violation(.wrongBase, "\(place) has a base of its own"))
    }
    let newest = changes?.changes.last?.seq ?? 0
    if record.seq < newest || record.seq > history.head {
      found.append(Violation(.wrongSeq, "\(place) says \(record.seq), its last change is \(newest)"))
    }
    return found
  }

  /// The point is the head as 8 bytes, the chain as 32 and the digest as 32.
  private func pointViolations(_ chain: Digest, _ digest: Digest) -> [Violation] {
    guard let point = settings["point"] else {
      return entries.isEmpty ? [] : [Violation(.wrongPoint, "\(name) has none")]
    }
    guard point.count == 72 else {
      return [Violation(.wrongPoint, "\(name) has one of \(point.count) bytes")]
    }
    var found: [Violation] = []
    let head = point[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if head != UInt64(entries.count) { found.append(Violation(.wrongPoint, "\(name) says seq \(head)")) }
    if Array(point[8..<40]) != chain.bytes {
      found.append(Violation(.wrongPoint, "\(name) keeps another chain"))
    }
    if Array(point[40...]) != digest.bytes {
      found.append(Violation(.wrongDigest, "\(name) sums to \(digest)"))
    }
    return found
  }
}
