import JSON
import Sync

/// What came of one posted record.
struct PostResult {
  /// What came of it, in a word.
  enum Status: String, CaseIterable {
    /// It is new here.
    case created
    /// What the integrator changed since its last word is written.
    case updated
    /// The integrator said nothing new.
    case unchanged
    /// It is written, and stands beside what somebody else wrote meanwhile: people decide.
    case conflict
    /// Nothing of it was taken.
    case refused
  }

  var status: Status
  /// The record, where it is known.
  var id: RecordID?
  /// The tag of the record's state afterwards.
  var tag: String?
  /// The change that was written: under which id, and its number there.
  ///
  /// The id belongs in the answer: a hub that was put back writes for the integrator under a new one, and repeats kept
  /// answers of before.
  var written: (replica: ReplicaID, n: Int64)?
  /// Why it was refused.
  var rejection: Rejection?
  /// The open conflicts of the record.
  var conflicts: [JSON] = []

  /// A refusal.
  static func refused(_ rejection: Rejection, id: RecordID? = nil) -> PostResult {
    PostResult(status: .refused, id: id, rejection: rejection)
  }

  /// As it travels.
  var json: JSON {
    var object: JSONObject = ["status": .string(Text(status.rawValue))]
    object["id"] = id.map { .string($0.text) }
    object["etag"] = tag.map { .string(Text($0)) }
    object["replica"] = written.map { .string($0.replica.text) }
    object["n"] = written.map { .int($0.n) }
    if let rejection {
      object["code"] = .string(Text(rejection.code.rawValue))
      object["detail"] = .string(Text(rejection.detail))
    }
    if !conflicts.isEmpty { object["conflicts"] = .array(conflicts) }
    return .object(object)
  }
}
