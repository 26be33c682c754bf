/// Finds what two sequences have in common, in bounded time.
///
/// Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986) finds the shortest difference where it is short. Where
/// it is not, elements that occur once in each sequence part both into pieces, which are matched by themselves; what
/// still differs too much is taken as replaced whole. All searches of one match share one allowance of steps.
struct SequenceMatch {
  /// What occurs at the same place in both, as pairs of places in ascending order.
  private(set) var pairs: [(old: Int, new: Int)] = []
  /// The steps that were taken, of which ``allowance`` is the most.
  private(set) var steps = 0
  /// The most steps of one match.
  static let allowance = 2_000_000
  /// The most insertions and removals that the greedy search looks for in one piece.
  private static let reach = 500
  private let old: [Int]
  private let new: [Int]

  /// Matches two sequences.
  init(_ old: [Int], _ new: [Int]) {
    self.old = old
    self.new = new
    // Pieces still to be matched, as a stack: recursion would be as deep as the text is long.
    var open = [(0..<old.count, 0..<new.count)]
    while let (left, right) = open.popLast() { open += match(left, right) }
    pairs.sort { $0.old < $1.old }
  }

  /// Matches a piece, or parts it into pieces that are matched next.
  private mutating func match(_ left: Range<Int>, _ right: Range<Int>) -> [(Range<Int>, Range<Int>)] {
    var (left, right) = (left, right)
    while let (i, j) = Self.firsts(left, right), old[i] == new[j] {
      pairs.append((i, j))
      (left, right) = (i + 1..<left.upperBound, j + 1..<right.upperBound)
      steps += 1
    }
    while !left.isEmpty, !right.isEmpty, old[left.upperBound - 1] == new[right.upperBound - 1] {
      pairs.append((left.upperBound - 1, right.upperBound - 1))
      (left, right) = (left.lowerBound..<left.upperBound - 1, right.lowerBound..<right.upperBound - 1)
      steps += 1
    }
    guard !left.isEmpty, !right.isEmpty else { return [] }
    if let found = shortest(left, right) {
      pairs += found
      return []
    }
    return anchored(left, right)
  }

  private static func firsts(_ left: Range<Int>, _ right: Range<Int>) -> (Int, Int)? {
    left.isEmpty || right.isEmpty ? nil : (left.lowerBound, right.lowerBound)
  }

  /// The pairs of the shortest difference; `nil` if it is too long, or the allowance is spent.
  private mutating func shortest(_ left: Range<Int>, _ right: Range<Int>) -> [(old: Int, new: Int)]? {
    let reach = min(Self.reach, left.count + right.count)
    var furthest = [Int](repeating: 0, count: 2 * reach + 3)
    let middle = reach + 1
    var trace: [[Int]] = []
    for distance in 0...reach {
      guard steps < Self.allowance else { return nil }
      // Only the diagonals that the next round can look at are kept.
      trace.append(Array(furthest[middle - distance...middle + distance]))
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        let goesDown =
          diagonal == -distance
          || diagonal != distance && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]
        var x = goesDown ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1
        while x < left.count, x - diagonal < right.count, x - diagonal >= 0,
          old[left.lowerBound + x] == new[right.lowerBound + x - diagonal]
        {
          x += 1
          steps += 1
        }
        furthest[middle + diagonal] = x
        steps += 1
        if x >= left.count, x - diagonal >= right.count {
          return Self.pairs(trace, left, right)
        }
      }
    }
    return nil
  }

  /// Walks back through the rounds of the search.
  private static func pairs(
    _ trace: [[Int]], _ left: Range<Int>, _ right: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var found: [(old: Int, new: Int)] = []
    var (x, y) = (left.count, right.count)
    for distance in stride(from: trace.count - 1, through: 0, by: -1) {
      let diagonal = x - y
      /// Where the round before stood on a diagonal.
      func before(_ diagonal: Int) -> Int {
        let index = diagonal + distance
        return trace[distance].indices.contains(index) ? trace[distance][index] : -1
      }
      let goesDown =
        diagonal == -distance || diagonal != distance && before(diagonal - 1) < before(diagonal + 1)
      let from = goesDown ? diagonal + 1 : diagonal - 1
      let startX = distance == 0 ? 0 : before(from)
      let startY = startX - from
      let (endX, endY) = distance == 0 ? (0, 0) : goesDown ? (startX, startY + 1) : (startX + 1, startY)
      while x > endX, y > endY {
        (x, y) = (x - 1, y - 1)
        found.append((left.lowerBound + x, right.lowerBound + y))
      }
      (x, y) = (startX, startY)
    }
    return found
  }

  /// Parts a piece at the elements that occur once on each side and stand in the same order on both.
  private mutating func anchored(_ left: Range<Int>, _ right: Range<Int>) -> [(Range<Int>, Range<Int>)] {
    guard steps < Self.allowance else { return [] }
    steps += left.count + right.count
    let anchors = Anchors.common(old, left, new, right)
    guard !anchors.isEmpty else { return [] }
    pairs += anchors
    var open: [(Range<Int>, Range<Int>)] = []
    var (i, j) = (left.lowerBound, right.lowerBound)
    for anchor in anchors {
      open.append((i..<anchor.old, j..<anchor.new))
      (i, j) = (anchor.old + 1, anchor.new + 1)
    }
    return open + [(i..<left.upperBound, j..<right.upperBound)]
  }
}
