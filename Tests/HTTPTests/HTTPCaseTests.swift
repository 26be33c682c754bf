import HTTP
import Testing

/// The table of cases, each delivered in every way that a network may choose.
@Suite("HTTP cases")
struct HTTPCaseTests {
  @Test("a case gets its statuses and its connection's fate", arguments: HTTPCase.all)
  func whole(_ testCase: HTTPCase) throws {
    let wire = deliver(testCase, cuts: [])
    try check(wire, testCase)
  }

  @Test("a case gets the same bytes in answer wherever it is cut")
  func split() {
    for testCase in HTTPCase.all where testCase.bytes.count < 4096 {
      let expected = deliver(testCase, cuts: []).output
      for cut in 1..<max(2, testCase.bytes.count) where deliver(testCase, cuts: [cut]).output != expected {
        Issue.record("\(testCase.name) cut at \(cut)")
      }
    }
  }

  @Test("a case gets the same bytes in answer when it comes byte by byte")
  func bytewise() {
    for testCase in HTTPCase.all {
      let whole = deliver(testCase, cuts: [])
      let pieces = deliver(testCase, cuts: Array(0..<testCase.bytes.count))
      #expect(pieces.output == whole.output, "\(testCase.name)")
      #expect(pieces.isEnding == whole.isEnding, "\(testCase.name)")
    }
  }

  @Test("a case gets its answer behind a good request in one piece with it")
  func pipelined() {
    let ping = deliver(HTTPCase.all[0], cuts: []).output
    for testCase in HTTPCase.all {
      var behind = testCase
      behind.bytes = HTTPCase.ping + testCase.bytes
      let alone = deliver(testCase, cuts: []).output
      #expect(deliver(behind, cuts: []).output == ping + alone, "\(testCase.name)")
    }
  }

  @Test("a case that is changed at random gets one answer however it is cut, and harms nothing")
  func mutated() {
    var random = SplitMix(seed: 20_261_121)
    for round in 0..<6000 {
      var testCase = HTTPCase.all[random.below(HTTPCase.all.count)]
      guard testCase.bytes.count < 4096 else { continue }
      for _ in 0..<(1 + random.below(4)) { mutate(&testCase.bytes, &random) }
      let whole = deliver(testCase, cuts: [])
      let cuts = (0..<random.below(8)).map { _ in random.below(testCase.bytes.count + 1) }.sorted()
      if deliver(testCase, cuts: cuts).output != whole.output {
        Issue.record("round \(round), \(testCase.name), cuts \(cuts)")
      }
    }
  }

  /// Changes, removes, repeats or inserts some bytes, preferably those that the grammar is made of.
  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = random.below(bytes.count)
    let marks = Array("\r\n :;,=\"%/0fA\t\u{0}".utf8)
    switch random.below(5) {
    case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes[place] = marks[random.below(marks.count)]
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(marks[random.below(marks.count)], at: place)
    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random.below(40))], at: place)
    }
  }

  @Test("the table has all the cases of a class")
  func tableIsWhole() {
    #expect(HTTPCase.all.count > 250)
    for name in ["L26", "H14", "F15", "C08", "K15"] {
      #expect(HTTPCase.all.contains { $0.name == name || $0.name.hasPrefix("\(name).") }, "\(name)")
    }
  }

  private func deliver(_ testCase: HTTPCase, cuts: [Int]) -> Wire {
    var wire = Wire()
    var start = 0
    for cut in cuts + [testCase.bytes.count] where cut > start {
      wire.feed(testCase.bytes[start..<cut])
      start = cut
    }
    if testCase.endsInput { wire.feedEnd() }
    return wire
  }

  private func check(_ wire: Wire, _ testCase: HTTPCase) throws {
    let answers = try wire.answers(to: testCase.methods)
    #expect(answers.map(\.status) == testCase.statuses)
    #expect(wire.isEnding == testCase.closes)
    let last = try #require(answers.last)
    // A half-close after a whole request may be seen too late to be named in its answer.
    #expect(last.closes == testCase.closes || testCase.endsInput)
    for answer in answers where answer.status >= 200 {
      #expect(answer.fields.count(of: "date") == 1)
      if answer.status >= 400 { #expect(answer.fields["content-type"] == "application/problem+json") }
    }
    var next = wire
    next.feed(HTTPCase.ping[...])
    let following = try next.answers(to: testCase.methods).dropFirst(answers.count)
    #expect(following.map(\.status) == (testCase.closes ? [] : [200]))
  }
}
