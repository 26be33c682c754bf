/// How a world is made and what may happen in it, drawn once for each seed.
///
/// Most faults are absent from most worlds: what only shows when one fault meets a particular history is found sooner
/// where nothing else disturbs it (swarm testing).
public struct Swarm: Hashable, Sendable {
  /// How many cities there are at the beginning.
  public var cities = 2
  /// To how many members they belong.
  public var members = 1
  /// How many steps there are.
  public var steps = 40
  /// How many records the edits aim at; few make conflicts.
  public var records = 2
  /// Changes in one request at most.
  public var batch = 500
  /// Entries of the feed asked for at once.
  public var page = 500
  /// How many other systems post plain records.
  public var integrators = 0
  /// How many readers follow the feed.
  public var readers = 0
  /// Whether hub and cities begin with copies of blank files instead of making their own.
  ///
  /// A schema takes longer to make than a city takes for a sync, and comes out the same each time.
  public var copiesBlankFiles = false
  /// How often each kind of step comes, beside 100 for edits and syncs.
  public var weights: [Kind: Int] = [:]
  /// Of a hundred syncs, how many meet a lossy network.
  public var lossy = 0
  /// The kinds of steps that can be absent.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case plan, stop, keep, putBack, copy, clock, revoke, arriveLate, compact
    // What follows comes with other systems and readers alone.
    case post, wait, withdraw

    static let usual = allCases.prefix { $0 != .post }
  }

  /// Two cities of one member, and no faults.
  public init() {}

  /// Draws a swarm.
  init(_ stream: inout SeededStream) {
    cities = 2 + stream.below(4)
    members = 1 + stream.below(3)
    steps = stream.chance(oneIn: 8) ? 120 : 20 + stream.below(40)
    records = 1 + stream.below(4)
    batch = Self.sizes[stream.below(Self.sizes.count)]
    page = Self.sizes[stream.below(Self.sizes.count)]
    lossy = stream.chance(oneIn: 2) ? 20 + stream.below(60) : 0
    for kind in Kind.usual where stream.chance(oneIn: 2) { weights[kind] = [2, 6, 15, 30][stream.below(4)] }
    // Nothing can be put back where nothing was kept.
    if let weight = weights[.putBack], weights[.keep] == nil { weights[.keep] = weight }
    // One world in eight knows no faults, and one in eight a single kind of them: their histories are easy to read.
    switch stream.below(8) {
    case 0:
      weights = [:]
      lossy = 0
    case 1:
      let kind = Kind.usual[stream.below(Kind.usual.count)]
      weights = kind == .putBack ? [.keep: 12, .putBack: 12] : [kind: 25]
      lossy = 0
    default: break
    }
  }

  /// Adds other systems to every other world, and readers and waiting to every third, whatever else happens there.
  mutating func addSystems(_ stream: inout SeededStream) {
    if stream.chance(oneIn: 2) {
      integrators = 1 + stream.below(2)
      weights[.post] = [10, 25, 50][stream.below(3)]
    }
    if stream.chance(oneIn: 3) {
      readers = 1 + stream.below(2)
      weights[.wait] = [10, 25, 50][stream.below(3)]
    }
    if integrators + readers > 0, stream.chance(oneIn: 4) { weights[.withdraw] = 4 }
  }

  /// Lets most worlds copy their files; one in sixteen makes them.
  mutating func drawFiles(_ stream: inout SeededStream) { copiesBlankFiles = !stream.chance(oneIn: 16) }

  private static let sizes = [1, 2, 3, 5, 20, 500]
}
