import Replica

/// A call on its way, and who made it.
struct Outgoing {
  let line: Line
  let method: String
  let bytes: [UInt8]
  /// Takes what the hub itself answers, whether that arrives or not.
  let hear: ([UInt8]) -> Void
}

/// What came of a call.
struct Carried {
  /// What arrived, if it is an answer at all.
  var reply: HubReply?
  let luck: Luck
  /// Whether the hub has answered it.
  let isAnswered: Bool
  /// By what an answer that the hub holds back is known.
  let held: Int?
}
