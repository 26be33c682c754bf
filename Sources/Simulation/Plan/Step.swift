/// One thing that happens in a simulated world.
///
/// A step says all that it needs, with a salt for what is drawn while it runs, so that leaving out another step changes
/// nothing in it. Cities and records are counted modulo how many there are.
public enum Step: Hashable, Sendable {
  /// A machine of the world.
  public enum Machine: Hashable, Sendable {
    case hub
    case city(Int)
  }

  /// What a person does to a record.
  public enum Edit: String, Hashable, Sendable, CaseIterable {
    case title, summary, both, element, drop, delete, restore, resolve, refused, discard, erase
  }

  /// How the network is.
  public enum Weather: String, Hashable, Sendable, CaseIterable {
    case calm, lossy
  }

  /// What a planned fault does to a disk.
  public enum Fault: String, Hashable, Sendable, CaseIterable {
    /// The process dies.
    case kill
    /// The machine loses its power.
    case power
    /// A write fails.
    case write
    /// A sync fails, and what it should have kept may be lost.
    case sync
    /// A read fails.
    case read
    /// The disk is full, until somebody looks after it.
    case full
  }

  /// A person edits.
  case edit(city: Int, Edit, record: Int, salt: UInt64)
  /// Cities sync at the same time.
  case sync([Int], Weather, salt: UInt64)
  /// A disk will fail at its n-th operation from now.
  case plan(Machine, Fault, operation: Int)
  /// A machine loses its power, or its process is killed, between two commands.
  case stop(Machine, isPowerLoss: Bool)
  /// Somebody copies a machine's files.
  case keep(Machine)
  /// Somebody puts an old copy of a machine's files back.
  case putBack(Machine, Int)
  /// A city's file is copied to another machine, and both go on.
  case copy(Int)
  /// A machine's clock jumps to so many milliseconds beside the right time.
  case clock(Machine, Int64)
  /// A city's laptop is lost: its replica is revoked.
  case revoke(Int)
  /// The administrator lets the hub forget what all replicas have read.
  case compact
  /// Another system posts plain records.
  case post(Int, Weather, salt: UInt64)
  /// A reader, or a city, asks for news and waits for them.
  case wait(Int, Weather, salt: UInt64)
  /// The token of a system or a reader is taken back.
  case withdraw(Int)
  /// Requests that were held up on the way reach the hub now.
  case arriveLate
}
