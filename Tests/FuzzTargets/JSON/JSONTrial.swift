import JSON

/// One text read in every way within the usual limits and within narrow ones, and what does not agree.
struct JSONTrial {
  private(set) var complaints: [String] = []

  /// Limits that short texts reach.
  private static let narrow = JSONLimits(depth: 4, bytes: 512, stringBytes: 12, members: 4, elements: 6)
  /// A limit on depth that is none, where the reader's own must hold.
  private static let deep = JSONLimits(depth: .max)

  init(_ bytes: [UInt8]) {
    let usual = Agreement(bytes)
    complaints += usual.complaints
    let narrow = Agreement(bytes, limits: Self.narrow)
    complaints += narrow.complaints.map { "narrow: \($0)" }
    check(narrow.outcome, usual.outcome, "narrow")
    let deep = Result { () throws(JSONError) in try JSON.parse(bytes, limits: Self.deep) }
    check(deep, usual.outcome, "deep")
    let pulled = Result { () throws(JSONError) in try Reading.pulling(bytes, limits: Self.deep) }
    let naive = NaiveJSON.read(bytes, limits: Self.deep)
    if pulled != deep || (try? deep.get()).map({ NaiveValue($0) }) != naive { complaints.append("deep: another value") }
    guard case .success(let value) = usual.outcome else { return }
    if (try? JSON.parse(value.pretty())) != value { complaints.append("pretty, but another value: \(value)") }
  }

  /// Limits only ever decide whether a text is read, and say so.
  private mutating func check(
    _ limited: Result<JSON, JSONError>, _ usual: Result<JSON, JSONError>, _ name: String
  ) {
    switch (limited, usual) {
    case (.success(let a), .success(let b)): if a != b { complaints.append("\(name): another value") }
    case (.failure(let error), .success), (.success, .failure(let error)):
      let isLimit = [.tooDeep, .tooLong, .tooMany].contains(error.kind)
      if !isLimit { complaints.append("\(name): one reads it, the other says \(error)") }
    case (.failure, .failure): break
    }
  }
}
