import Crypto
import JSON
import Sync

/// One element of a batch read in every way, written and read again, and applied; and what does not agree.
struct ChangeTrial {
  private(set) var complaints: [String] = []

  init(_ bytes: [UInt8]) {
    complaints += StateTrial(bytes).complaints
    let outcome = Result { () throws(ChangeError) in try Submission(bytes: bytes[...]) }
    guard let json = try? JSON.parse(bytes) else {
      if case .success = outcome { complaints.append("a change that is no JSON") }
      return
    }
    checkBatch(of: bytes, json, outcome)
    checkSpelling(of: json, outcome)
    switch outcome {
    case .success(.change(let change)): checkChange(change)
    case .success(.refused(let refused)): checkRefused(refused, json)
    case .success(.void(let void)): checkVoid(void)
    case .failure: break
    }
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  /// In a batch, where the common shape is read by a faster way, and where it comes twice, it is the same.
  private mutating func checkBatch(
    of bytes: [UInt8], _ json: JSON, _ outcome: Result<Submission, ChangeError>
  ) {
    for text in [bytes, json.canonical()] {
      let body = Array(#"{"changes":["#.utf8) + text + ",".utf8 + text + "]}".utf8
      let batch = try? Batch.read(body: body)
      guard let alone = try? outcome.get() else {
        demand(batch == nil, "a batch takes what is no change")
        continue
      }
      guard let batch else {
        complaints.append("a batch does not take what is one alone")
        continue
      }
      demand(batch.count == 2 && batch.allSatisfy { Self.areSame($0, alone) }, "another change in a batch")
    }
  }

  /// Blanks and the order of members are no part of a change.
  private mutating func checkSpelling(of json: JSON, _ outcome: Result<Submission, ChangeError>) {
    for text in [json.canonical(), json.pretty(), Self.reversed(json).write()] {
      let other = Result { () throws(ChangeError) in try Submission(bytes: text[...]) }
      switch (outcome, other) {
      case (.success(let a), .success(let b)): demand(Self.areSame(a, b), "another change in another spelling")
      case (.failure, .failure): break
      default: complaints.append("a change in one spelling only")
      }
    }
  }

  private mutating func checkChange(_ change: Change) {
    var isCanonical = false
    let json = try? JSON.parseNoting(canonical: &isCanonical, change.bytes[...])
    demand(isCanonical && json?.canonical() == change.bytes, "a change that is not in its one form")
    demand(change.hash == SHA256.hash(change.bytes), "a change under another hash")
    let again = try? Change(bytes: change.bytes)
    demand(again.map { Self.areSame(.change($0), .change(change)) } ?? false, "a change that is not read back")
    checkLimits(of: change)
    checkRewriting(of: change)
    checkDraft(of: change)
    checkTwice(change, json)
    complaints += StateTrial(applying: change).complaints
  }

  /// A change that says something twice is refused, whichever way it is read.
  ///
  /// Bytes changed at random hardly ever repeat a path.
  private mutating func checkTwice(_ change: Change, _ json: JSON?) {
    guard var object = json?.object, let operations = object["ops"]?.array else { return }
    object["ops"] = .array(operations + operations.suffix(1))
    let bytes = JSON.object(object).canonical()
    demand((try? Submission(bytes: bytes[...]))?.rejection != nil, "a change that says something twice")
    let batch = try? Batch.read(body: Array(#"{"changes":["#.utf8) + bytes + "]}".utf8)
    demand(batch?.first?.rejection != nil, "a change that says something twice in a batch")
  }

  private mutating func checkLimits(of change: Change) {
    let paths = change.operations.compactMap(\.path)
    demand((1...Limits.operations).contains(change.operations.count), "a change of too many operations")
    demand(Set(paths).count == paths.count && paths.allSatisfy(\.isWellFormed), "paths that cannot be")
    demand(change.operations.allSatisfy { $0.over.count <= Limits.overNames }, "too long an 'over'")
    demand((1...Limits.largestInteger).contains(change.n), "a number that cannot be")
    demand((1...Limits.kindBytes).contains(change.kind.count), "a kind that cannot be")
    let values = change.operations.compactMap { if case .put(_, let value, _) = $0 { value } else { nil } }
    demand(values.allSatisfy(\.isCanonicalizable), "a number that is not the same to every reader")
    let isDelete = paths == [.life]
    let most = isDelete ? Limits.deleteBytes : Limits.changeBytes
    demand(change.bytes.count <= most + (change.isRewritten ? Limits.rewritingBytes : 0), "too large a change")
  }

  /// A change that was accepted once can always be written again under another dot, and keeps its name.
  private mutating func checkRewriting(of change: Change) {
    guard let other = ReplicaID("zz-00000"), other != change.replica, other != change.name.replica else { return }
    guard let again = try? change.rewritten(as: other, n: Limits.largestInteger) else {
      complaints.append("a change that cannot be written again")
      return
    }
    demand(again.name == change.name && again.isRewritten, "another name when written again")
    demand(again.operations == change.operations && again.kind == change.kind, "another change when written again")
    demand(again.replica == other && again.n == Limits.largestInteger, "not under the dot that was asked for")
    guard let home = try? again.rewritten(as: other, n: 1) else {
      complaints.append("a change that cannot be written a third time")
      return
    }
    demand(home.name == change.name, "another name when written a third time")
  }

  /// A draft of the same puts gives a change that reads as the draft was.
  private mutating func checkDraft(of change: Change) {
    var draft = ChangeDraft(state: RecordState(record: change.record, kind: change.kind), unaccepted: [])
    for operation in change.operations {
      guard case .put(let path, let value, let over) = operation else { return }
      draft.put(path, value, over: over)
    }
    let envelope = ChangeEnvelope(
      at: change.at, kind: change.kind, replica: change.replica, n: change.n, record: change.record,
      was: change.isRewritten ? change.name : nil)
    guard let finished = try? draft.finish(envelope) else {
      complaints.append("a draft of a change's own operations is no change")
      return
    }
    demand(finished.operations == draft.operations, "a draft that reads otherwise")
    let own = try? draft.finish(envelope)
    demand(own?.bytes == finished.bytes, "a draft that is written otherwise")
  }

  private mutating func checkRefused(_ refused: RefusedChange, _ json: JSON) {
    demand(refused.hash == SHA256.hash(json.canonical()), "a refused change under another hash")
    demand(!refused.rejection.detail.isEmpty, "a refusal without a word")
    let again = VoidChange(
      replica: refused.replica, n: refused.n, record: refused.record, hash: refused.hash, was: refused.was)
    checkVoid(again)
  }

  private mutating func checkVoid(_ void: VoidChange) {
    let again = try? Submission(bytes: void.bytes[...])
    demand(again == .void(void), "a void that is not read back")
    if case .void(let other)? = again { demand(other.bytes == void.bytes, "a void that is written otherwise") }
  }

  /// Whether all that is known of both is the same; equal changes are equal in their bytes, which is not enough here.
  static func areSame(_ a: Submission, _ b: Submission) -> Bool {
    guard case (.change(let x), .change(let y)) = (a, b) else { return a == b }
    return x.bytes == y.bytes && x.hash == y.hash && x.name == y.name && x.operations == y.operations
      && x.replica == y.replica && x.n == y.n && x.record == y.record && x.kind == y.kind && x.at == y.at
  }

  private static func reversed(_ json: JSON) -> JSON {
    switch json {
    case .object(let object):
      .object(JSONObject(object.members.reversed().map { JSONMember(key: $0.key, value: reversed($0.value)) }))
    case .array(let elements): .array(elements.map(reversed))
    default: json
    }
  }
}
