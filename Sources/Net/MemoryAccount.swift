/// What a loop has noted of one connection's memory.
struct MemoryAccount {
  /// Its part of the loop's sum.
  var heldBytes = 0
  /// How many bytes had moved through its socket.
  var movedBytes: UInt64 = 0
  /// The number of the turn in which some last moved: who is behind all others is the slowest.
  var turn: UInt64 = 0
}
