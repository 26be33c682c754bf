public import Crypto
import JSON

extension RecordState {
  /// The canonical bytes: what is stored, sent as a state, hashed and compared.
  ///
  /// Each change that wrote a live cell stands once in `names` (replica, n, hash, time), by byte order; a cell is
  /// `[field, key or null, index into names, value]`.
  public func canonicalBytes() -> [UInt8] {
    let names = Set(cells.map { NamedTime(name: $0.name, time: $0.time) }).sorted()
    var index: [ChangeName: Int64] = [:]
    for (position, entry) in names.enumerated() { index[entry.name] = Int64(position) }
    var writer = JSONWriter()
    writer.beginObject()
    if !awaited.isEmpty {
      writer.key("awaited")
      writeAwaited(to: &writer)
    }
    if !isErased {
      writer.key("cells")
      writer.beginArray()
      for cell in cells { Self.write(cell, name: index[cell.name] ?? 0, to: &writer) }
      writer.endArray()
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

  private static func write(_ cell: Cell, name: Int64, to writer: inout JSONWriter) {
    writer.beginArray()
    writer.string(cell.path.field)
    if let key = cell.path.key { writer.string(key) } else { writer.null() }
    writer.int(name)
    writer.raw(cell.value.canonical())
    writer.endArray()
  }

  private static func write(_ names: [NamedTime], to writer: inout JSONWriter) {
    writer.beginArray()
    for entry in names {
      writer.beginArray()
      writer.string(entry.name.replica.text)
      writer.int(entry.name.n)
      writer.string(Text(Hex.encode(entry.name.hash)))
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
