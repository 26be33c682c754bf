/// Reads JSON strictly (RFC 8259) with the protocol's numbers; anything else is nothing.
///
/// It takes any order of keys and any escapes: whether bytes are canonical is seen by writing them again.
struct NaiveReader {
  private static let deepest = 64

  private let bytes: [UInt8]
  private var place = 0

  private struct Fault: Error {}

  /// The value that these bytes are; nil for anything that is no such JSON.
  static func read(_ bytes: [UInt8]) -> NaiveValue? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var reader = NaiveReader(bytes: bytes)
    guard let value = try? reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    return reader.place == bytes.count ? value : nil
  }

  /// The value, if these are its canonical bytes.
  static func readCanonical(_ bytes: [UInt8]) -> NaiveValue? {
    guard let value = read(bytes), value.canonical == bytes else { return nil }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 }
  }

  private mutating func skip(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard bytes.count - place >= count, literal.isEqual(Array(bytes[place..<place + count])) else {
      return false
    }
    place += count
    return true
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Fault) -> NaiveValue {
    guard depth <= Self.deepest else { throw Fault() }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .list(try items(depth: depth))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "n"): if skip("null") { return .null }
    case UInt8(ascii: "t"): if skip("true") { return .bool(true) }
    case UInt8(ascii: "f"): if skip("false") { return .bool(false) }
    default: return .number(try number())
    }
    throw Fault()
  }

  private mutating func members(depth: Int) throws(Fault) -> [NaiveMember] {
    place += 1
    var members: [NaiveMember] = []
    var keys: Set<[UInt8]> = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipBlanks()
      let key = try text()
      skipBlanks()
      guard keys.insert(key).inserted, take(UInt8(ascii: ":")) else { throw Fault() }
      members.append(NaiveMember(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw Fault() }
    return members
  }

  private mutating func items(depth: Int) throws(Fault) -> [NaiveValue] {
    place += 1
    var items: [NaiveValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return items }
    repeat {
      items.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw Fault() }
    return items
  }

  private mutating func number() throws(Fault) -> Int64 {
    let isNegative = take(UInt8(ascii: "-"))
    let start = place
    var number: Int64 = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      number = number * 10 + Int64(byte - 0x30)
      place += 1
      guard number <= 9_007_199_254_740_991 else { throw Fault() }
    }
    let digits = place - start
    guard digits > 0, digits == 1 || bytes[start] != 0x30, !(isNegative && number == 0) else { throw Fault() }
    return isNegative ? -number : number
  }

  private mutating func text() throws(Fault) -> [UInt8] {
    guard take(UInt8(ascii: "\"")) else { throw Fault() }
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw Fault()
      default: text.append(byte)
      }
    }
    throw Fault()
  }

  private mutating func escape(into text: inout [UInt8]) throws(Fault) {
    guard let byte = next else { throw Fault() }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "u"):
      var code = try unit()
      if (0xD800..<0xDC00).contains(code) {
        guard skip("\\u") else { throw Fault() }
        let low = try unit()
        guard (0xDC00..<0xE000).contains(low) else { throw Fault() }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      // A lone surrogate is no scalar.
      guard let scalar = Unicode.Scalar(code) else { throw Fault() }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw Fault()
    }
  }

  private mutating func unit() throws(Fault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw Fault() }
      place += 1
      switch byte {
      case 0x30...0x39: unit = unit << 4 + UInt32(byte - 0x30)
      case 0x41...0x46: unit = unit << 4 + UInt32(byte - 0x41 + 10)
      case 0x61...0x66: unit = unit << 4 + UInt32(byte - 0x61 + 10)
      default: throw Fault()
      }
    }
    return unit
  }
}
