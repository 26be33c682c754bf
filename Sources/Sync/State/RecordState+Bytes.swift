public import Crypto
import JSON

extension RecordState {
  /// The canonical bytes: what is stored, sent as a state, hashed and compared.
  ///
  /// Each change that wrote a live cell stands once in `names` (replica, n, hash, time), by byte order; a cell is
  /// `[field, key or null, index into names, value]`.
  public func canonicalBytes() -> [UInt8] {
    let names = sortedNames()
    var writer = JSONWriter()
    writer.bytes.reserveCapacity(128 + names.count * 64 + cells.count * 48)
    writer.beginObject()
    if !awaited.isEmpty {
      writer.key("awaited")
      writeAwaited(to: &writer)
    }
    if !isErased {
      writer.key("cells")
      writeCells(names: names, to: &writer)
    } else {
      writer.key("erased")
      writer.bool(true)
    }
    writer.key("kind")
    writer.string(kind)
    if !isErased {
      writer.key("names")
      Self.write(names, to: &writer)
    }
    writer.key("record")
    writer.string(record.text)
    writer.endObject()
    return writer.bytes
  }

  /// SHA-256 of the canonical bytes.
  public var hash: Digest { SHA256.hash(canonicalBytes()) }

  private func writeAwaited(to writer: inout JSONWriter) {
    writer.beginArray()
    for mark in awaited {
      writer.beginArray()
      writer.string(mark.path.field)
      if let key = mark.path.key { writer.string(key) } else { writer.null() }
      writer.string(mark.name.text)
      writer.endArray()
    }
    writer.endArray()
  }

  /// The changes that wrote live cells, each once, in order.
  private func sortedNames() -> [NamedTime] {
    var names: [NamedTime] = []
    for index in cells.indices {
      // Most cells of a record were written together: the next is usually the one before.
      if index > 0, cells[index].time == cells[index - 1].time, cells[index].name == cells[index - 1].name { continue }
      let entry = NamedTime(name: cells[index].name, time: cells[index].time)
      let place = names.partitionPoint { $0 < entry }
      if place == names.count || names[place] != entry { names.insert(entry, at: place) }
    }
    return names
  }

  private func writeCells(names: [NamedTime], to writer: inout JSONWriter) {
    writer.beginArray()
    var index = 0
    // By place, member by member: a cell that is taken out whole counts four references up and down.
    for place in cells.indices {
      if index >= names.count || names[index].time != cells[place].time || names[index].name != cells[place].name {
        let entry = NamedTime(name: cells[place].name, time: cells[place].time)
        index = names.partitionPoint { $0 < entry }
      }
      writer.beginArray()
      writer.string(cells[place].path.field)
      if let key = cells[place].path.key { writer.string(key) } else { writer.null() }
      writer.int(Int64(index))
      writer.value(cells[place].value)
      writer.endArray()
    }
    writer.endArray()
  }

  private static func write(_ names: [NamedTime], to writer: inout JSONWriter) {
    writer.beginArray()
    for entry in names {
      writer.beginArray()
      writer.string(entry.name.replica.text)
      writer.int(entry.name.n)
      writer.string(Hex.encode(entry.name.hash))
      writer.int(entry.time)
      writer.endArray()
    }
    writer.endArray()
  }
}

/// A change that wrote live cells, and the time of those cells.
struct NamedTime: Hashable, Comparable {
  let name: ChangeName
  let time: Int64

  static func < (a: NamedTime, b: NamedTime) -> Bool { a.name == b.name ? a.time < b.time : a.name < b.name }
}
