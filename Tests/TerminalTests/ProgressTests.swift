import Terminal
import Testing

@Suite("Progress")
struct ProgressTests {
  private let screen = Style(isTerminal: true, colour: false)

  @Test("a terminal's line is drawn over, at most ten times a second, and a shorter one is covered")
  func terminal() {
    var progress = Progress(label: "Pulling", total: 4000, style: screen)
    #expect(progress.update(done: 0, elapsedMilliseconds: 0) == "\rPulling: 0 of 4000 (0%)")
    #expect(progress.update(done: 10, elapsedMilliseconds: 99) == "")
    #expect(
      progress.update(done: 1000, elapsedMilliseconds: 3000) == "\rPulling: 1000 of 4000 (25%), 9 s left")
    let finished = progress.finish(done: 4000, elapsedMilliseconds: 3050)
    #expect(finished == "\rPulling: 4000 of 4000 (100%) in 3 s  \n")
  }

  @Test("a log gets a line each time and no carriage return")
  func log() {
    var progress = Progress(label: "Pulling", total: nil, style: .plain)
    #expect(progress.update(done: 1, elapsedMilliseconds: 0) == "Pulling: 1\n")
    #expect(progress.update(done: 2, elapsedMilliseconds: 1999) == "")
    #expect(progress.update(done: 3, elapsedMilliseconds: 2000) == "Pulling: 3\n")
    #expect(progress.finish(done: 4, elapsedMilliseconds: 2001) == "Pulling: 4 in 2 s\n")
    #expect(progress.clear() == "")
    var steps = Progress(label: "Step", total: 2, style: .plain, intervalMilliseconds: 0)
    #expect(steps.update(done: 1, elapsedMilliseconds: 0) == "Step: 1 of 2 (50%)\n")
    #expect(steps.update(done: 2, elapsedMilliseconds: 0) == "Step: 2 of 2 (100%)\n")
  }

  @Test("the line never reaches the last column, and a hostile label stays on it")
  func narrow() {
    for width in 0...40 {
      var progress = Progress(label: "拉取\u{1B}[2J\n", total: 9, style: screen, width: width)
      let drawn = progress.update(done: 3, elapsedMilliseconds: 5000)
      #expect(DisplayWidth.of(drawn) < max(2, width))
      #expect(!drawn.contains("\u{1B}") && !drawn.contains("\n"))
    }
  }

  @Test("clearing wipes what was drawn, and the next update draws again at once")
  func clear() {
    var progress = Progress(label: "A", total: nil, style: screen)
    #expect(progress.clear() == "")
    #expect(progress.update(done: 1, elapsedMilliseconds: 0) == "\rA: 1")
    #expect(progress.clear() == "\r    \r")
    #expect(progress.update(done: 1, elapsedMilliseconds: 1) == "\rA: 1")
  }

  @Test("absurd numbers do no harm")
  func extremes() {
    let numbers = [Int.min, -1, 0, 1, .max]
    for total in numbers {
      for done in numbers {
        for elapsed in numbers.map(Int64.init) {
          var progress = Progress(label: "", total: total, style: screen)
          _ = progress.update(done: done, elapsedMilliseconds: elapsed)
          _ = progress.update(done: done, elapsedMilliseconds: -(elapsed / 2))
          #expect(progress.finish(done: done, elapsedMilliseconds: elapsed).hasSuffix("\n"))
        }
      }
    }
  }
}
