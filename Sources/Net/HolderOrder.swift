/// Connections in the order in which their bytes last moved, the one that has been still for longest first.
///
/// A list linked through two arrays that are indexed by descriptor: every step takes the same time for thousands.
struct HolderOrder {
  private static let none: Int32 = -1
  /// In `before` of those that are not in the list.
  private static let absent: Int32 = -2

  private var before: [Int32] = []
  private var after: [Int32] = []
  private var head = none
  private var tail = none

  /// How many are in it.
  private(set) var count = 0

  /// Who has been still for longest.
  var first: Int? { head == Self.none ? nil : Int(head) }

  func contains(_ index: Int) -> Bool { index < before.count && before[index] != Self.absent }

  /// Puts one behind all others, be it new or not.
  mutating func append(_ index: Int) {
    remove(index)
    while before.count <= index {
      before.append(Self.absent)
      after.append(Self.none)
    }
    let new = Int32(truncatingIfNeeded: index)
    before[index] = tail
    after[index] = Self.none
    if tail == Self.none { head = new } else { after[Int(tail)] = new }
    tail = new
    count += 1
  }

  /// Takes one out, if it is there.
  mutating func remove(_ index: Int) {
    guard contains(index) else { return }
    let (previous, next) = (before[index], after[index])
    if previous == Self.none { head = next } else { after[Int(previous)] = next }
    if next == Self.none { tail = previous } else { before[Int(next)] = previous }
    before[index] = Self.absent
    count -= 1
  }
}
