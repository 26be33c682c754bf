import JSON
import Sync

/// What scripts of other systems write down.
extension World {
  /// A request as a script makes it: an export of what changed or of everything, one record that it has seen, a record
  /// under our id, or one under no id at all.
  func draw(_ system: IntegratorMachine, _ stream: inout SeededStream) -> Posting {
    let run = nextRun()
    var documents: [JSON] = []
    var condition: (tag: Text, seq: Int64?)?
    var isMarked = !stream.chance(oneIn: 3)
    switch stream.below(8) {
    case 0 where !system.tags.isEmpty:
      let seen = system.tags[stream.below(system.tags.count)]
      documents = [["id": .string(seen.id), "record": "event", "title": title(&stream), "x-run": .int(run)]]
      condition = (seen.tag, seen.seq)
    case 1:
      let id = records[stream.below(records.count)]
      documents = [
        [
          "id": .string(id.text), "record": "event", "title": title(&stream), "when": Self.when,
          "sourceIds": .array([source(stream.below(system.rows.count))]), "x-run": .int(run),
        ]
      ]
      isMarked = true
    case 2:
      documents = [["record": "event", "title": title(&stream), "when": Self.when, "x-run": .int(run)]]
      documents += stream.chance(oneIn: 2) ? [document(0, of: system, run: run)] : []
      isMarked = true
    default:
      let changed = change(system, &stream)
      let all = stream.chance(oneIn: 2) ? Array(system.rows.indices) : changed
      documents = all.map { document($0, of: system, run: isMarked ? run : nil) }
    }
    let isKeyed = isMarked && !stream.chance(oneIn: 3)
    let isDry = isMarked && condition == nil && stream.chance(oneIn: 6)
    return Posting(
      run: run, documents: documents, form: stream.chance(oneIn: 2) ? .list : .lines,
      key: isKeyed ? Text("\(system.line.name)-\(run)") : nil, isDry: isDry, condition: condition)
  }

  private static let when: JSON = ["start": "2027-05-04"]

  private func title(_ stream: inout SeededStream) -> JSON { .string(Text("i\(stream.below(1_000_000))")) }

  private func source(_ number: Int) -> JSON { .string(Text("crm:\(number)")) }

  /// Somebody works with the system: its own data changes.
  private func change(_ system: IntegratorMachine, _ stream: inout SeededStream) -> [Int] {
    var changed: [Int] = []
    for _ in 0..<(1 + stream.below(2)) {
      let number = stream.below(system.rows.count)
      if !changed.contains(number) { changed.append(number) }
      switch stream.below(8) {
      case 0: system.rows[number].summary = stream.chance(oneIn: 3) ? nil : Text("s\(stream.below(1_000_000))")
      case 1, 2:
        let topic: Text = ["paz", "youth", "water"][stream.below(3)]
        let had = system.rows[number].topics.count
        system.rows[number].topics.removeAll { $0 == topic }
        if system.rows[number].topics.count == had { system.rows[number].topics.append(topic) }
      case 3: system.rows[number].isDeleted.toggle()
      default: system.rows[number].title = Text("i\(stream.below(1_000_000))")
      }
    }
    return changed
  }

  /// A row of a system's data, as it posts it.
  func document(_ number: Int, of system: IntegratorMachine, run: Int64?) -> JSON {
    let row = system.rows[number]
    var object: JSONObject = [
      "record": "event", "title": .string(row.title), "when": Self.when, "sourceIds": .array([source(number)]),
      "summary": row.summary.map { .string($0) } ?? .null, "topics": .array(row.topics.map { .string($0) }),
    ]
    if row.isDeleted { object["deleted"] = true }
    if let run { object["x-run"] = .int(run) }
    return .object(object)
  }
}
