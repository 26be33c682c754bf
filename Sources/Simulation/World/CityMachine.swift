import JSON
import Replica
import Sync

/// One city's laptop: a simulated disk, and the production replica on it while a command runs.
final class CityMachine {
  let name: String
  let member: String
  let disk: SimulatedDisk
  let path = BlankFiles.replicaPath
  /// The clock's difference to the right time, in milliseconds.
  var skew: Int64 = 0
  /// Copies of its file.
  var kept: [DiskSnapshot] = []
  /// Whether a planned death is a power loss.
  var losesPower = false
  /// Whether it was lost: its replica is revoked and nobody uses it any more.
  var isGone = false
  /// Whether the hub does not know its token: an administrator will give it a new invite.
  var needsInvite = false
  let line: Line
  private(set) var replica: LocalReplica?
  /// Which of its processes this is.
  private(set) var life = 0
  var random: SeededStream

  init(name: String, member: String, seed: UInt64) {
    self.name = name
    self.member = member
    line = Line(name: name)
    disk = SimulatedDisk(name: name, randomness: SeededStream(seed: seed, purpose: "\(name) disk"))
    random = SeededStream(seed: seed, purpose: "\(name) random")
  }

  /// Makes the replica's file, from blank ones if there are any.
  func create(from blank: BlankFiles?) throws {
    guard let member = MemberName(Text(self.member)), let id = ReplicaID(member: member, random: random.bytes(5)) else {
      throw SimulationError("\(self.member) is no member's name")
    }
    blank?.install(on: disk)
    replica = try LocalReplica.create(path: path, id: id, vfs: disk.vfs)
  }

  /// The replica, opened as a command does.
  func open() throws -> LocalReplica {
    if let replica { return replica }
    let opened = try LocalReplica(path: path, vfs: disk.vfs)
    replica = opened
    return opened
  }

  /// Forgets the process, whatever it was doing.
  func drop() {
    replica = nil
    life += 1
  }

  /// Ends the process as a command ends.
  func close() {
    try? replica?.close()
    drop()
  }
}
