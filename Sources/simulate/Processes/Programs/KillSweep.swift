/// Chooses the moments at which runs of one command are killed, so that together they cover all of its life.
///
/// From each mark the moments are the multiples of the golden ratio, modulo the time that is left from there:
/// however many rounds there is time for, no gap between two of them is much larger than the others. That
/// time is adjusted to the machine: shorter when a program ends first, and a little longer when it does not. Most
/// moments are counted from the first write, because most of a short command's life is its start, where
/// nothing can go wrong yet.
struct KillSweep {
  private let marks: [KillMoment.Mark]
  private var spans: [KillMoment.Mark: Double] = [:]
  private var turns: [KillMoment.Mark: Int] = [:]
  private var count = 0
  private let offset: Double

  /// A sweep that begins with a run that is only measured.
  ///
  /// - Parameters:
  ///   - marks: what the moments are counted from, in turn.
  ///   - draws: where the multiples begin.
  init(_ marks: [KillMoment.Mark] = [.write, .saved, .write, .start], draws: inout Draws) {
    self.marks = marks
    offset = draws.fraction()
  }

  /// The mean distance of the moments so far that are counted from the first write, in microseconds.
  var step: Int { Int((spans[.write] ?? 0) / Double(max(1, turns[.write] ?? 0))) }

  /// Kills a program at the next moment; the first run is only measured.
  mutating func strike(_ program: ChildProgram, writing path: String) throws -> ChildProgram.Ending {
    let life = ProgramLife(of: program, writing: path)
    if spans.isEmpty { return try measure(program, life) }
    count += 1
    let mark = marks[count % marks.count]
    let turn = turns[mark, default: 0]
    turns[mark] = turn + 1
    let fraction = (offset + Double(turn) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
    let span = spans[mark] ?? 0
    let ending = try KillMoment(mark: mark, microseconds: fraction * span).strike(program, in: life)
    spans[mark] = ending == .killed(9) ? span * 1.05 : max(200, span * 0.8)
    return ending
  }

  private mutating func measure(
    _ program: ChildProgram, _ life: ProgramLife
  ) throws -> ChildProgram.Ending {
    let reached = KillMoment.Mark.allCases.map { (mark: $0, at: life.wait(for: $0)) }
    let ending = try program.wait()
    let end = Monotonic.seconds
    // A mark that was passed between two looks is near the end.
    for (mark, at) in reached { spans[mark] = max(500, (end - (at ?? end)) * 1e6) }
    return ending
  }
}
