/// A request with plain records (Protocol, 8.4), as another system of a member sent it.
struct OraclePost {
  /// What the hub told of one of its documents, and where its log ended then.
  struct Told {
    let document: Int
    let status: String
    let record: [UInt8]
    /// The change that was written.
    let dot: OracleDot?
    let head: Int64
    /// Whether nothing behind it in the same request was about the same record.
    var isLast = true
  }

  /// Whose it is: the token's id.
  let system: String
  let documents: [NaiveValue]
  /// Whether it came with a key that promises that it is done once.
  var isKeyed: Bool
  /// Whether it only asks what would happen.
  let isDry: Bool
  /// Whether it says which state of the record its sender has seen.
  let isConditional: Bool
  /// The seq at which that state was told; nil where that was another history.
  var seen: Int64?
  /// What the hub answered first, with status 200.
  var answer: [UInt8]?
  var told: [Told] = []
}
