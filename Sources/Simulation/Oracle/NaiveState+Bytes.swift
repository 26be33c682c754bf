extension NaiveState {
  /// The canonical bytes (Protocol, 4.8).
  var canonical: [UInt8] {
    var members = [
      NaiveMember(key: Array("kind".utf8), value: .text(kind)),
      NaiveMember(key: Array("record".utf8), value: .text(record)),
    ]
    if isErased {
      members.append(NaiveMember(key: Array("erased".utf8), value: .bool(true)))
      return NaiveValue.object(members).canonical
    }
    if !awaited.isEmpty {
      let marks = awaited.sorted().map { NaiveValue.list(Self.place($0.path) + [.text($0.name.text)]) }
      members.append(NaiveMember(key: Array("awaited".utf8), value: .list(marks)))
    }
    var times: [NaiveName: Int64] = [:]
    for cell in cells.values { times[cell.spot.name] = cell.time }
    let names = times.sorted { $0.key < $1.key }
    var index: [NaiveName: Int64] = [:]
    for (place, entry) in names.enumerated() { index[entry.key] = Int64(place) }
    let sorted = cells.values.sorted { $0.spot < $1.spot }.map { cell in
      NaiveValue.list(Self.place(cell.spot.path) + [.number(index[cell.spot.name] ?? -1), cell.value])
    }
    members.append(NaiveMember(key: Array("cells".utf8), value: .list(sorted)))
    members.append(
      NaiveMember(key: Array("names".utf8), value: .list(names.map { Self.row($0.key, $0.value) })))
    return NaiveValue.object(members).canonical
  }

  /// Reads a state; nil if these are not the canonical bytes of one.
  init?(_ bytes: [UInt8]) {
    guard let value = NaiveReader.readCanonical(bytes), let record = value["record"]?.asText,
      let kind = value["kind"]?.asText
    else { return nil }
    var cells: [NaiveSpot: NaiveCell] = [:]
    let names = (value["names"]?.asList ?? []).map(Self.name)
    for item in value["cells"]?.asList ?? [] {
      guard let cell = Self.cell(item, names), cells.updateValue(cell, forKey: cell.spot) == nil else {
        return nil
      }
    }
    var awaited: Set<NaiveSpot> = []
    for item in value["awaited"]?.asList ?? [] {
      guard let mark = Self.mark(item), awaited.insert(mark).inserted else { return nil }
    }
    let isErased = value["erased"] == .bool(true)
    self.init(record: record, kind: kind, isErased: isErased, cells: cells, awaited: awaited)
    // Order, indices and members that do not belong there show when it is written again.
    guard canonical == bytes else { return nil }
  }

  private static func place(_ path: NaivePath) -> [NaiveValue] {
    [.text(path.field), path.key.map(NaiveValue.text) ?? .null]
  }

  private static func row(_ name: NaiveName, _ time: Int64) -> NaiveValue {
    .list([.text(name.replica), .number(name.n), .text(Array(name.text.suffix(16))), .number(time)])
  }

  private static func name(_ item: NaiveValue) -> (NaiveName, Int64)? {
    guard let parts = item.asList, parts.count == 4, let replica = parts[0].asText, let n = parts[1].asNumber,
      let hash = parts[2].asText, let time = parts[3].asNumber,
      let name = NaiveName(replica + Array(":\(n):".utf8) + hash)
    else { return nil }
    return (name, time)
  }

  private static func path(_ field: NaiveValue, _ key: NaiveValue) -> NaivePath? {
    guard let field = field.asText, key == .null || key.asText != nil else { return nil }
    return NaivePath(field: field, key: key.asText)
  }

  private static func cell(_ item: NaiveValue, _ names: [(NaiveName, Int64)?]) -> NaiveCell? {
    guard let parts = item.asList, parts.count == 4, let path = path(parts[0], parts[1]),
      let index = parts[2].asNumber, index >= 0, index < Int64(names.count),
      let (name, time) = names[Int(index)]
    else { return nil }
    return NaiveCell(spot: NaiveSpot(path: path, name: name), time: time, value: parts[3])
  }

  private static func mark(_ item: NaiveValue) -> NaiveSpot? {
    guard let parts = item.asList, parts.count == 3, let path = path(parts[0], parts[1]),
      let name = parts[2].asText.flatMap(NaiveName.init)
    else { return nil }
    return NaiveSpot(path: path, name: name)
  }
}
