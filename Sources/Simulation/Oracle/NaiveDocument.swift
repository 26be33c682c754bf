import Crypto

/// A plain record as a system posts it (Protocol, 8.4), beside what is known of the record.
struct NaiveDocument {
  let value: NaiveValue

  var id: [UInt8]? { value["id"]?.asText }
  private var deletes: Bool { value["deleted"] == .bool(true) }

  /// The members that are values of the record.
  private var members: [NaiveMember] {
    (value.asObject ?? []).filter { !["id", "record", "deleted"].contains($0.key.shown) }
  }

  private func member(_ field: [UInt8]) -> NaiveValue? { members.first { $0.key == field }?.value }

  /// The id that follows from kind and first foreign id (Protocol, 2.3).
  var derivedID: [UInt8]? {
    guard id == nil, let kind = value["record"]?.asText, let source = value["sourceIds"]?.asList?.first?.asText else {
      return nil
    }
    return Self.derivedID(kind: kind, source: source)
  }

  static func derivedID(kind: [UInt8], source: [UInt8]) -> [UInt8] {
    var bytes = Array(SHA256.hash(Array("peacesync:".utf8) + kind + [0] + source).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = Hex.encodeBytes(bytes)
    for place in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: place) }
    return text
  }

  /// Whether a change does nothing but what this says, where its sender knew the record so.
  func accounts(for change: NaiveChange, knowing known: NaiveState) -> Bool {
    if let id, id != change.record { return false }
    if deletes {
      return change.operations.count == 1 && change.operations[0].path.isLife
        && change.operations[0].value?.asObject != nil
    }
    return change.operations.allSatisfy { accounts(for: $0, known) }
  }

  private func accounts(for operation: NaiveChange.Operation, _ known: NaiveState) -> Bool {
    let path = operation.path
    // It says that the record is there: also where a delete stands against what is left, and what it removes was that.
    if path.isLife {
      return operation.value == .text(Array("alive".utf8)) && known.cells.values.contains { $0.isDelete }
    }
    guard let said = member(path.field) else {
      // A record that is new belongs to somebody.
      return known.isEmpty && path.key == nil && ["owner", "visibility"].contains(path.field.shown)
    }
    guard let key = path.key else { return operation.value == said }
    let isSaid = said.asList?.contains(.text(key)) ?? false
    return isSaid == (operation.value != nil)
  }

  /// Whether a state says what this says.
  func isSaid(by state: NaiveState) -> Bool {
    if deletes { return state.isDeleted || state.isEmpty }
    guard !state.isDeleted else { return false }
    return members.allSatisfy { member in
      let cells = state.cells.values.filter { $0.spot.path.field == member.key }
      guard let list = member.value.asList else {
        let shown = cells.max { ($0.time, $0.spot.name) < ($1.time, $1.spot.name) }?.value
        return (shown ?? .null) == member.value
      }
      return Set(cells.compactMap(\.spot.path.key)) == Set(list.compactMap(\.asText))
    }
  }
}
