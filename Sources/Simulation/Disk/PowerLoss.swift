/// What becomes of everything unsynced in one power loss.
struct PowerLoss {
  /// What becomes of one change.
  enum Fate {
    case kept, dropped, torn
  }

  /// What becomes of one sector of a torn change.
  enum SectorFate {
    case new, old, garbage
  }

  /// How the power went: whether the disk had written nothing, everything, or any part in any order.
  private enum Mood {
    case nothing, everything, mixture
  }

  /// The unit that the device may destroy as a whole; 1 if it leaves the bytes beside a write alone.
  let sectorSize: Int
  /// The counts of what happened.
  private(set) var report = PowerLossReport()
  private(set) var stream: SeededStream
  private let mood: Mood

  init(_ stream: SeededStream, sectorSize: Int) {
    self.stream = stream
    self.sectorSize = sectorSize
    switch self.stream.below(8) {
    case 0: mood = .nothing
    case 1: mood = .everything
    default: mood = .mixture
    }
  }

  /// Draws whether the creation or deletion of a name is kept.
  mutating func keepsName() -> Bool {
    let isKept =
      switch mood {
      case .nothing: false
      case .everything: true
      case .mixture: stream.chance(oneIn: 2)
      }
    if isKept { report.namesKept += 1 } else { report.namesDropped += 1 }
    return isKept
  }

  /// Draws what becomes of a change; only a write can be torn.
  mutating func fate(of change: PendingChange) -> Fate {
    let fate = drawFate(of: change)
    switch fate {
    case .kept: report.kept += 1
    case .dropped: report.dropped += 1
    case .torn: report.torn += 1
    }
    return fate
  }

  /// Draws what becomes of a sector of a torn write.
  mutating func sectorFate() -> SectorFate {
    switch stream.below(8) {
    case 0:
      report.garbled += 1
      return .garbage
    case 1, 2, 3: return .old
    default: return .new
    }
  }

  /// Draws whether a gap in a file that was never written is garbage rather than zeros.
  mutating func leavesGarbage() -> Bool {
    stream.chance(oneIn: 2)
  }

  /// Overwrites memory with garbage.
  mutating func garble(_ start: UnsafeMutableRawPointer, count: Int) {
    stream.fill(start, count: count)
  }

  private mutating func drawFate(of change: PendingChange) -> Fate {
    switch mood {
    case .nothing: return .dropped
    case .everything: return .kept
    case .mixture:
      let draw = stream.below(3)
      if draw == 2 && change.kind == .write { return .torn }
      return draw == 0 ? .kept : .dropped
    }
  }
}
