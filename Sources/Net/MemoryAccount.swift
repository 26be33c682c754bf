/// What a loop has noted of one connection.
struct MemoryAccount {
  /// Its part of the loop's sum.
  var heldBytes = 0
  /// How many bytes had moved through its socket.
  var movedBytes: UInt64 = 0
  /// Under whose address it is counted, if it is.
  var block: AddressBlock?
}
