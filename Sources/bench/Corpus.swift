import JSON
import Sync

/// Changes as a busy city writes them: about 500 bytes each, one in four makes a record, the others edit one.
struct Corpus {
  let replica: ReplicaID
  private(set) var changes: [Change] = []
  private var latest: [(record: RecordID, title: ChangeName, description: ChangeName?)] = []
  private var random: SplitMix64

  private static let words = [
    "ciudad", "paz", "barrio", "juventud", "prevención", "violencia", "taller", "alcaldía", "مدينة", "سلام", "حي",
    "city", "peace", "roundtable", "prevention", "mayor", "evidence", "ከተማ", "ሰላም", "network",
  ]

  /// One in so many changes makes a record.
  private let changesEach: Int64

  /// So many changes of one replica.
  init(replica: ReplicaID, count: Int, seed: UInt64, changesEach: Int64 = 4) throws {
    self.replica = replica
    self.changesEach = changesEach
    random = SplitMix64(state: seed)
    changes.reserveCapacity(count)
    for n in 1...count { changes.append(try make(n: Int64(n))) }
  }

  /// The bodies of `POST /v1/changes`, so many changes in each.
  func bodies(of size: Int) -> [[UInt8]] {
    stride(from: 0, to: changes.count, by: size).map { start in
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("changes")
      writer.beginArray()
      for change in changes[start..<min(start + size, changes.count)] { writer.raw(change.bytes) }
      writer.endArray()
      writer.endObject()
      return writer.bytes
    }
  }

  private mutating func make(n: Int64) throws -> Change {
    let time = 1_700_000_000_000 + n * 1_000
    if changesEach == 1 || n % changesEach == 1 || latest.isEmpty { return try create(n: n, time: time) }
    let index = max(0, latest.count - 1 - Int(random.next() % 64))
    let (record, title, description) = latest[index]
    let change = try finish(
      [
        .put("title", value: .string(text(60)), over: [title]),
        .put("description", value: .string(text(240)), over: description.map { [$0] } ?? []),
      ], record: record, n: n, time: time)
    latest[index].title = change.name
    latest[index].description = change.name
    return change
  }

  private mutating func create(n: Int64, time: Int64) throws -> Change {
    var bytes: [UInt8] = []
    for _ in 0..<10 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
    let record = RecordID(milliseconds: time, random: bytes)
    let change = try finish(
      [
        .put("title", value: .string(changesEach == 1 ? Text("\(text(60)) \(n)") : text(60)), over: []),
        .put("when", value: ["start": "2026-11-21", "end": "2026-11-23"], over: []),
        .put(Path("areas", "Mass Violence and Atrocities"), value: true, over: []),
        .put("visibility", value: "network", over: []), .put("owner", value: .string(replica.member.text), over: []),
        .put("summary", value: .string(text(60)), over: []),
      ], record: record, n: n, time: time)
    latest.append((record, change.name, nil))
    return change
  }

  private func finish(_ operations: [Operation], record: RecordID, n: Int64, time: Int64) throws -> Change {
    let ops = operations.map { operation -> JSON in
      guard case .put(let path, let value, let over) = operation else { return .null }
      var object: JSONObject = ["put": .array([.string(path.field)] + (path.key.map { [.string($0)] } ?? []))]
      if !over.isEmpty { object["over"] = .array(over.map { .string($0.text) }) }
      object["value"] = value
      return .object(object)
    }
    let json: JSON = [
      "at": .int(time), "kind": "event", "n": .int(n), "ops": .array(ops), "record": .string(record.text),
      "replica": .string(replica.text),
    ]
    return try Change(bytes: json.canonical())
  }

  private mutating func text(_ length: Int) -> Text {
    var words: [String] = []
    var size = 0
    while size < length {
      let word = Self.words[Int(random.next() % UInt64(Self.words.count))]
      words.append(word)
      size += word.utf8.count + 1
    }
    return Text(words.joined(separator: " "))
  }
}

/// SplitMix64: the same numbers in every run.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
