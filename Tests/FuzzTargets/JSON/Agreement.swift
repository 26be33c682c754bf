import JSON

/// One text read in every way there is, and what does not fit together.
struct Agreement {
  /// What all ways should say.
  let outcome: Result<JSON, JSONError>
  /// Whether the text was noted as canonical.
  let isNoted: Bool
  /// What is wrong: nothing, if all is well.
  private(set) var complaints: [String] = []

  /// Reads a text.
  init(_ bytes: [UInt8], limits: JSONLimits = .standard) {
    var isNoted = false
    outcome = Result { () throws(JSONError) in
      try JSON.parseNoting(canonical: &isNoted, bytes[...], limits: limits)
    }
    self.isNoted = isNoted
    for (name, read) in Reading.ways {
      let other = Result { () throws(JSONError) in try read(bytes, limits) }
      if other != outcome { complaints.append("\(name): \(other) instead of \(outcome)") }
    }
    switch outcome {
    case .success(let value):
      checkWriting(of: value, limits)
      checkNotes(bytes, limits)
    case .failure(let error):
      demand(error.offset <= bytes.count && error.kind != .outOfTurn && !isNoted, "an impossible \(error)")
    }
    checkCanonicalReader(bytes)
    compare(with: NaiveJSON.read(bytes, limits: limits), bytes)
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  /// What is written is within the limits of what was read: nothing gets longer by being canonical.
  private mutating func checkWriting(of value: JSON, _ limits: JSONLimits) {
    let canonical = value.canonical()
    let again = try? JSON.parse(canonical, limits: limits)
    demand(
      again?.canonical() == canonical,
      "canonical, but not for ever: \(String(decoding: canonical, as: UTF8.self))")
    demand((try? JSON.parse(value.write(), limits: limits)) == value, "written, but not read back: \(value)")
  }

  private mutating func checkNotes(_ bytes: [UInt8], _ limits: JSONLimits) {
    guard let whole = try? Reading.checking(bytes, limits: limits),
      let items = try? Reading.checkingItems(bytes, limits: limits).items,
      let place = try? Reading.skipping(bytes, limits: limits)
    else { return }
    demand(whole.place == place, "a value at \(whole.place) that is skipped at \(place)")
    for (place, isCanonical) in items + [(whole.place, whole.isCanonical), (0..<bytes.count, isNoted)] {
      guard let value = try? JSON.parse(bytes[place], limits: limits) else {
        complaints.append("no value at \(place)")
        continue
      }
      let expected = value.isCanonicalizable && value.canonical() == Array(bytes[place])
      demand(isCanonical == expected, "at \(place) canonical is \(isCanonical)")
    }
  }

  /// This reader takes what is canonical within the standard limits, and nothing else.
  private mutating func checkCanonicalReader(_ bytes: [UInt8]) {
    let value = try? JSON.parse(bytes)
    let isCanonical = value.map { $0.isCanonicalizable && $0.canonical() == bytes } ?? false
    demand((CanonicalReader(bytes) != nil) == isCanonical, "a canonical reader, or none, of \(bytes)")
    if isCanonical { demand(CanonicalWalk.value(bytes) == value, "another value, walked over") }
  }

  private mutating func compare(with naive: NaiveValue?, _ bytes: [UInt8]) {
    switch (outcome, naive) {
    case (.success(let value), let naive?):
      demand(NaiveValue(value) == naive, "naively \(naive), otherwise \(value)")
      demand(value.canonical() == naive.canonical, "another canonical text of \(value)")
      let isCanonical = naive.isCanonicalizable && naive.canonical == bytes
      demand(isNoted == isCanonical, "naively canonical is \(isCanonical)")
    case (.success(let value), nil): complaints.append("naively refused, otherwise \(value)")
    case (.failure(let error), let naive?): complaints.append("naively \(naive), otherwise \(error)")
    case (.failure, nil): break
    }
  }
}
