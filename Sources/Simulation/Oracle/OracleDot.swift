/// The n-th change of a replica.
struct OracleDot: Hashable, CustomStringConvertible {
  let replica: [UInt8]
  let n: Int64

  var description: String { "\(replica.shown):\(n)" }
}
