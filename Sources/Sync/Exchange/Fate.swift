public import JSON

/// What became of a change.
public enum Fate: Hashable, Sendable {
  /// It stands in the hub's log.
  case applied(seq: Int64, time: Int64)
  /// It is refused for good, and used up its number.
  case rejected(Rejection)
  /// It came without operations and only used up its number.
  case void
  /// Its record was erased; only its dot and hash are kept.
  case erased(seq: Int64, time: Int64)

  /// Whether the hub's log holds the change's operations, or its erased remains.
  public var isAccepted: Bool {
    switch self {
    case .applied, .erased: true
    case .rejected, .void: false
    }
  }
}

/// The answer to one element of a batch.
public struct FateReport: Hashable, Sendable {
  /// The number of the change at its replica.
  public let n: Int64
  /// What became of it.
  public let fate: Fate
  /// Whether the hub held it before, under this dot or by its name, and repeats its first answer.
  public let isDuplicate: Bool

  /// A report from its parts.
  public init(n: Int64, fate: Fate, isDuplicate: Bool = false) {
    self.n = n
    self.fate = fate
    self.isDuplicate = isDuplicate
  }

  /// The report as it travels.
  public var json: JSON {
    var writer = JSONWriter()
    write(to: &writer)
    return (try? JSON.parse(writer.bytes)) ?? .null
  }

  /// Writes the report without building a tree: an answer may hold a thousand.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("n")
    writer.int(n)
    writer.key("fate")
    switch fate {
    case .applied(let seq, let time), .erased(let seq, let time):
      if case .applied = fate { writer.string("applied") } else { writer.string("erased") }
      writer.key("seq")
      writer.int(seq)
      writer.key("time")
      writer.int(time)
    case .rejected(let rejection):
      writer.string("rejected")
      writer.key("code")
      writer.string(rejection.code.rawValue)
      writer.key("detail")
      writer.string(rejection.detail)
    case .void: writer.string("void")
    }
    if isDuplicate {
      writer.key("duplicate")
      writer.bool(true)
    }
    writer.endObject()
  }

  /// Reads a report; `nil` if it is not one.
  ///
  /// A code that this version does not know reads as `bad-change`.
  public init?(_ json: JSON) {
    guard let n = json["n"]?.integer, let word = json["fate"]?.text else { return nil }
    let isDuplicate = json["duplicate"] == .bool(true)
    let place = json["seq"]?.integer.flatMap { seq in json["time"]?.integer.map { (seq: seq, time: $0) } }
    switch (word.string, place) {
    case ("applied", let place?):
      self.init(n: n, fate: .applied(seq: place.seq, time: place.time), isDuplicate: isDuplicate)
    case ("erased", let place?):
      self.init(n: n, fate: .erased(seq: place.seq, time: place.time), isDuplicate: isDuplicate)
    case ("void", _): self.init(n: n, fate: .void, isDuplicate: isDuplicate)
    case ("rejected", _):
      guard let code = json["code"]?.text, let detail = json["detail"]?.text else { return nil }
      let known = ProblemCode(rawValue: code.string) ?? .badChange
      self.init(n: n, fate: .rejected(Rejection(known, detail.string)), isDuplicate: isDuplicate)
    default: return nil
    }
  }
}
