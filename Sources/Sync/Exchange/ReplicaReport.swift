import JSON

/// What a replica tells about itself with each sync, for the hub's administrator.
public struct ReplicaReport: Hashable, Sendable {
  /// The version of the program.
  public var version: String
  /// The replica's clock, in milliseconds.
  public var clock: Int64
  /// Own changes that no hub has accepted yet.
  public var pending: Int64
  /// Own changes that were refused and wait for somebody.
  public var rejected: Int64
  /// Records in conflict.
  public var conflicts: Int64

  /// A report from its parts.
  public init(version: String, clock: Int64, pending: Int64, rejected: Int64, conflicts: Int64) {
    self.version = version
    self.clock = clock
    self.pending = pending
    self.rejected = rejected
    self.conflicts = conflicts
  }

  var json: JSON {
    [
      "clock": .int(clock), "conflicts": .int(conflicts), "pending": .int(pending), "rejected": .int(rejected),
      "version": .string(Text(version)),
    ]
  }

  init?(_ json: JSON) {
    guard let version = json["version"]?.text, version.count <= 64, let clock = json["clock"]?.integer,
      let pending = json["pending"]?.integer, let rejected = json["rejected"]?.integer,
      let conflicts = json["conflicts"]?.integer,
      clock.magnitude <= Limits.largestInteger.magnitude,
      [pending, rejected, conflicts].allSatisfy({ (0...Limits.largestInteger).contains($0) })
    else { return nil }
    self.init(version: version.string, clock: clock, pending: pending, rejected: rejected, conflicts: conflicts)
  }
}
