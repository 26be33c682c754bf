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
    var object: JSONObject = ["n": .int(n)]
    switch fate {
    case .applied(let seq, let time), .erased(let seq, let time):
      if case .applied = fate { object["fate"] = "applied" } else { object["fate"] = "erased" }
      object["seq"] = .int(seq)
      object["time"] = .int(time)
    case .rejected(let rejection):
      object["fate"] = "rejected"
      object["code"] = .string(Text(rejection.code.rawValue))
      object["detail"] = .string(Text(rejection.detail))
    case .void:
      object["fate"] = "void"
    }
    if isDuplicate { object["duplicate"] = true }
    return .object(object)
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
