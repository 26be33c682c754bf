import Crypto

/// What a replica's file must hold to by itself.
extension OracleFile {
  /// The id under which it writes now.
  var replica: [UInt8] { settings["replica"] ?? [] }

  /// Checks a replica's file; what it has from the hub is taken as it stands.
  func replicaViolations(givenUp: Set<NaiveName>) -> [Violation] {
    var found = numberViolations() + acknowledgedViolations() + referenceViolations()
    var outside: [Int64: [FileEntry]] = [:]
    for entry in entries where entry.isOutside { outside[entry.record, default: []].append(entry) }
    var rows: [Int64: FileRecord] = [:]
    for record in records {
      found +=
        columnViolations(record) + shownViolations(record, outside[record.num] ?? [])
        + titleViolations(record)
      rows[record.num] = record
      if record.deleted == 2, searchable.contains(record.num) {
        found.append(Violation(.keptBytes, "\(place(record)) is erased and can still be found"))
      }
    }
    for entry in entries {
      let isForgotten = entry.fate == .erased || entry.fate == .void || entry.fate == .openVoid
      let mayForget = isForgotten || rows[entry.record]?.deleted == 2 || givenUp.contains(entry.name)
      if entry.bodyHash == nil, entry.replica == replica ? !mayForget : entry.fate == .open {
        found.append(Violation(.lostBytes, entry.place(name)))
      }
      if entry.fate == .rejected, !verdicts.contains(entry.pos), entry.bodyHash != nil {
        found.append(Violation(.wrongVerdict, "\(entry.place(name)) is refused without a reason"))
      }
      if entry.isOutside, rows[entry.record] == nil {
        found.append(Violation(.wrongOutside, "\(entry.place(name)) is outside, of no record"))
      }
    }
    return found
  }

  /// The numbers of its own changes have no holes.
  private func numberViolations() -> [Violation] {
    let own = entries.filter { $0.replica == replica }.map(\.n).sorted()
    for (index, n) in own.enumerated() where n != Int64(index) + 1 {
      return [Violation(.gap, "\(name) has \(replica.shown):\(n) where \(index + 1) should be")]
    }
    return []
  }

  /// What it takes as acknowledged is its own change.
  private func acknowledgedViolations() -> [Violation] {
    guard let bytes = settings["acknowledged"] else { return [] }
    guard let value = NaiveReader.readCanonical(bytes), let n = value["n"]?.asNumber,
      let hash = value["hash"]?.asText.flatMap({ Digest(hex: $0) })
    else { return [Violation(.wrongAcknowledged, "\(name) cannot be read")] }
    if n == 0 {
      return hash == .zero ? [] : [Violation(.wrongAcknowledged, "\(name) has a hash for nothing")]
    }
    if entries.contains(where: { $0.replica == replica && $0.n == n && $0.hash == hash }) { return [] }
    return [Violation(.wrongAcknowledged, "\(name) has no \(replica.shown):\(n) with that hash")]
  }

  /// What is shown is the base with the own changes outside it (Protocol, 7.6.3).
  private func shownViolations(_ record: FileRecord, _ outside: [FileEntry]) -> [Violation] {
    var place: String { self.place(record) }
    if record.hash != nil, record.baseState == nil { return [] }
    if outside.isEmpty, record.hash != nil, record.base == nil { return [] }
    var fold = NaiveFold(base: record.baseState?.state)
    for entry in outside {
      guard entry.fate == .open || entry.fate == .applied else {
        return [Violation(.wrongOutside, "\(entry.place(name)) is outside with another fate")]
      }
      guard let change = entry.change else { continue }
      fold.take(change, hubTime: entry.fate == .applied ? entry.time : nil)
    }
    return difference(place, record.state.state, fold.state(record: record.id, kind: record.kind))
  }

  /// The list shows the title that the record shows.
  private func titleViolations(_ record: FileRecord) -> [Violation] {
    guard ["event", "publication"].contains(record.kind.shown), let state = record.state.state?.state else {
      return []
    }
    let expected = state.shown("title")?.value.asText ?? []
    guard let title = record.title, !title.utf8.elementsEqual(expected) else { return [] }
    return [Violation(.wrongTitle, "\(place(record)) lists '\(title)', not '\(expected.shown)'")]
  }

  /// The table of references says what the keys at reference fields name (Protocol, 5.1 and 5.3).
  private func referenceViolations() -> [Violation] {
    var expected: Set<FileReference> = []
    for record in records {
      for spot in (record.state.state?.state.cells ?? [:]).keys where spot.path.isReference(of: record.kind) {
        let target = spot.path.key?.prefix { $0 != UInt8(ascii: "/") } ?? []
        expected.insert(FileReference(target: Array(target), source: record.num, field: spot.path.field))
      }
    }
    return expected.symmetricDifference(references).map { reference in
      let word = expected.contains(reference) ? "lacks" : "has"
      let source = "\(reference.source) \(reference.field.shown)"
      return Violation(
        .wrongReferences, "\(name) \(word) the reference from record \(source) to \(reference.target.shown)")
    }
  }
}
