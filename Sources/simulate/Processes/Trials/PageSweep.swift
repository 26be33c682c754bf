/// Chooses how many pages of a small disk are left free: all numbers from none to a little more than enough.
struct PageSweep {
  private var enough = 64
  private var turns = 0
  private let offset: Double

  init(draws: inout Draws) { offset = draws.fraction() }

  /// The next number.
  mutating func next() -> Int {
    turns += 1
    // Multiples of the golden ratio: wherever the trial is stopped, the numbers so far lie evenly.
    let fraction = (offset + Double(turns) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
    return Int(fraction * Double(enough + 2))
  }

  /// Learns how many are enough: the file grows, so that moves.
  mutating func learn(_ pages: Int, worked: Bool) {
    if worked { enough = max(4, min(enough, pages + 2)) } else if pages >= enough { enough = pages + 4 }
  }
}
