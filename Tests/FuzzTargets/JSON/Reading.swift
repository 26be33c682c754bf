import JSON

/// The ways of reading a text beside `JSON.parse`, which must all agree with it.
enum Reading {
  typealias Way = @Sendable ([UInt8], JSONLimits) throws(JSONError) -> JSON
  private typealias Child = (inout JSONScanner) throws(JSONError) -> JSON

  /// Every way, for tests that compare them.
  static let ways: [(name: String, read: Way)] = [
    ("parse", { (bytes, limits) throws(JSONError) in try JSON.parse(bytes, limits: limits) }),
    ("slice", { (bytes, limits) throws(JSONError) in try inSlice(bytes, limits: limits) }),
    (
      "skip",
      { (bytes, limits) throws(JSONError) in try JSON.parse(bytes[try skipping(bytes, limits: limits)]) }
    ),
    ("pull", { (bytes, limits) throws(JSONError) in try pulling(bytes, limits: limits) }),
    ("slices", { (bytes, limits) throws(JSONError) in try slicing(bytes, limits: limits) }),
    ("checked", { (bytes, limits) throws(JSONError) in try checking(bytes, limits: limits).value }),
    ("items checked", { (bytes, limits) throws(JSONError) in try checkingItems(bytes, limits: limits).value }),
  ]

  /// Reads a text that stands between others.
  static func inSlice(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
    let padded = Array(#"]}""#.utf8) + bytes + Array(#"",1]"#.utf8)
    return try JSON.parse(padded[3..<3 + bytes.count], limits: limits)
  }

  /// Checks a text by skipping over it, and gives the range of its value.
  @discardableResult
  static func skipping(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> Range<Int> {
    var scanner = try JSONScanner(bytes, limits: limits)
    let range = try scanner.skip()
    try scanner.finish()
    return range
  }

  /// Builds a text's value by the scanner's smallest steps.
  @discardableResult
  static func pulling(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
    var scanner = try JSONScanner(bytes, limits: limits)
    let value = try pull(&scanner)
    try scanner.finish()
    return value
  }

  /// Skips over the items of a text's object or array, and builds its value of the slices.
  static func slicing(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
    var scanner = try JSONScanner(bytes, limits: limits)
    let value = try open(&scanner) { (scanner) throws(JSONError) in try JSON.parse(bytes[try scanner.skip()])
    }
    try scanner.finish()
    return value
  }

  /// Checks a value, and builds it of its canonical reader or, if there is none, of its slice.
  static func checking(
    _ bytes: [UInt8], limits: JSONLimits = .standard
  ) throws(JSONError) -> (value: JSON, place: Range<Int>, isCanonical: Bool) {
    var scanner = try JSONScanner(bytes, limits: limits)
    let (place, canonical) = try scanner.checkedValue()
    try scanner.finish()
    guard var reader = canonical else { return (try JSON.parse(bytes[place]), place, false) }
    // Null stands for a walk that failed; where null is the value, it is right.
    return (CanonicalWalk.value(&reader) ?? .null, place, true)
  }

  /// Reads the items of a text's object or array so, and gives their places and notes beside the value.
  static func checkingItems(
    _ bytes: [UInt8], limits: JSONLimits = .standard
  ) throws(JSONError) -> (value: JSON, items: [(place: Range<Int>, isCanonical: Bool)]) {
    var scanner = try JSONScanner(bytes, limits: limits)
    var items: [(place: Range<Int>, isCanonical: Bool)] = []
    let value = try open(&scanner) { (scanner) throws(JSONError) in
      let (place, canonical) = try scanner.checkedValue()
      items.append((place, canonical != nil))
      return try JSON.parse(bytes[place])
    }
    try scanner.finish()
    return (value, items)
  }

  private static func pull(_ scanner: inout JSONScanner) throws(JSONError) -> JSON {
    try open(&scanner) { (scanner) throws(JSONError) in try pull(&scanner) }
  }

  /// Opens an object or array and reads its items as told; any other value is read as it is.
  private static func open(_ scanner: inout JSONScanner, child: Child) throws(JSONError) -> JSON {
    switch try scanner.peek() {
    case UInt8(ascii: "{"):
      try scanner.beginObject()
      var members: [JSONMember] = []
      while let key = try scanner.nextKey() {
        members.append(JSONMember(key: key, value: try child(&scanner)))
      }
      return .object(JSONObject(members))
    case UInt8(ascii: "["):
      try scanner.beginArray()
      var elements: [JSON] = []
      while try scanner.nextElement() { elements.append(try child(&scanner)) }
      return .array(elements)
    default:
      return try scanner.value()
    }
  }
}
