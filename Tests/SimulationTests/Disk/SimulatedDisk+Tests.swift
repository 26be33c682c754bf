import SQLite
import Simulation

extension SimulatedDisk {
  /// An empty disk whose randomness is that of a seed.
  convenience init(seed: Int, isPowersafe: Bool = true, sectorSize: Int = 512) {
    self.init(
      name: "disk", randomness: SeededStream(seed: UInt64(seed), purpose: "disk"),
      isPowersafe: isPowersafe, sectorSize: sectorSize)
  }
}
