import JSON
import Replica
import Sync

/// What other systems do.
extension World {
  /// A script posts what its own data says, or sends again what it has not heard the end of.
  func post(_ system: IntegratorMachine, _ weather: Step.Weather, _ salt: UInt64) {
    guard ensureToken(system) else { return }
    var stream = SeededStream(seed: salt, purpose: "post")
    var posting: Posting
    // Now and then somebody gives up what hangs.
    if let pending = system.pending, !stream.chance(oneIn: 4) {
      posting = pending
    } else {
      posting = draw(system, &stream)
      begin(posting, system)
    }
    system.pending = nil
    guard send(&posting, system, weather, &stream), posting.isDry else { return }
    // It looks right: now in earnest, with the same key.
    posting.isDry = false
    posting.wasAnswered = false
    posting.restorations = nil
    begin(posting, system)
    _ = send(&posting, system, weather, &stream)
  }

  /// A script gives out all that its own data says, until the hub has taken it.
  func export(_ system: IntegratorMachine) {
    var stream = SeededStream(seed: seed, purpose: "export")
    for _ in 0..<3 where ensureToken(system) {
      if var pending = system.pending {
        system.pending = nil
        if !pending.isDry { _ = send(&pending, system, .calm, &stream) }
      }
      var posting = Posting(
        run: nextRun(), documents: system.rows.indices.map { document($0, of: system, run: nil) }, form: .list,
        key: nil,
        isDry: false, condition: nil)
      begin(posting, system)
      if send(&posting, system, .calm, &stream) { return }
    }
    violate("no-rest", "\(system.line.name) cannot export")
  }

  private func begin(_ posting: Posting, _ system: IntegratorMachine) {
    oracle.posted(
      posting.run, by: system.token?.id ?? "", documents: posting.documents.map { $0.write() },
      isKeyed: posting.key != nil,
      isDry: posting.isDry, isConditional: posting.condition != nil, seen: posting.condition?.seq)
    trace.add("  \(system.line.name) posts \(posting.documents.count) as \(posting.run)\(posting.isDry ? ", dry" : "")")
  }

  /// Sends until an answer can be read; false if it gives up for now.
  private func send(
    _ posting: inout Posting, _ system: IntegratorMachine, _ weather: Step.Weather, _ stream: inout SeededStream
  ) -> Bool {
    for _ in 0..<3 {
      guard let token = system.token else { return false }
      let (life, run, isDry) = (hub.life, posting.run, posting.isDry)
      let outgoing = Outgoing(line: system.line, method: "POST", bytes: posting.bytes(token.text)) { [unowned self] in
        hear($0, run, isDry: isDry)
      }
      let carried = exchange([outgoing], weather, &stream)[0]
      if carried.isAnswered { noteRepeat(posting) }
      if let reply = carried.reply, take(reply, posting, system) { return true }
      posting.wasAnswered = posting.wasAnswered || carried.isAnswered
      posting.wasKilled = posting.wasKilled || (hub.life != life && [.good, .twice].contains(carried.luck))
      if carried.isAnswered { posting.restorations = posting.restorations ?? restorations }
    }
    system.pending = posting
    return false
  }

  /// What an answer that comes after others were lost proves.
  private func noteRepeat(_ posting: Posting) {
    let how = posting.isDry ? "dry run" : posting.key != nil ? "key" : posting.condition != nil ? "tag" : "neither"
    if posting.wasAnswered { marks.hit("integrator: answer lost and asked again, \(how)") }
    if posting.wasKilled { marks.hit("integrator: hub died over it and was asked again") }
    if let before = posting.restorations, before != restorations {
      marks.hit("integrator: hub put back since it answered, and asked again")
    }
  }

  /// What a script makes of an answer; false if it has to ask again.
  private func take(_ reply: HubReply, _ posting: Posting, _ system: IntegratorMachine) -> Bool {
    let json = try? JSON.parse(reply.body)
    switch reply.status {
    case 200:
      // A proxy may give an earlier answer again: that of the dry run is none to the post itself.
      guard let results = json?["results"]?.array, let head = json?["head"]?.text.flatMap({ Cursor($0) }),
        json?["dry_run"] == .bool(posting.isDry)
      else { return false }
      if posting.isDry { return true }
      for result in results {
        guard let id = result["id"]?.text, let tag = result["etag"]?.text else { continue }
        system.tags.removeAll { $0.id == id }
        system.tags.append((id, tag, head.seq))
      }
      return true
    case 401:
      guard json?["code"] != nil else { return false }
      system.token = nil
      return true
    case 400, 409, 410, 412, 413, 415, 422:
      // A script gives such a request up, whoever said it.
      return true
    default: return false
    }
  }

  /// Tells the oracle what the hub says to a system, whether it arrives or not.
  private func hear(_ answer: [UInt8], _ run: Int64, isDry: Bool) {
    guard let start = answer.firstIndex(of: UInt8(ascii: "{")) else { return }
    let body = Array(answer[start...])
    let json = try? JSON.parse(body)
    guard answer.starts(with: "HTTP/1.1 200".utf8) else {
      return marks.hit("integrator: \(json?["code"]?.text?.string ?? "no code")")
    }
    oracle.answered(run, isDry: isDry, body: body)
    for result in json?["results"]?.array ?? [] {
      let status = result["status"]?.text?.string ?? "no status"
      marks.hit(isDry ? "integrator: dry run" : "integrator: \(status)")
      if !isDry, status == "conflict" { marks.hit("integrator conflict kept") }
    }
  }

  /// Gives a system a token, if it has none that works.
  func ensureToken(_ system: IntegratorMachine) -> Bool {
    if system.token != nil { return true }
    _ = administer("POST", "/v1/members", ["member": .string(Text(system.member))])
    let made = administer(
      "POST", "/v1/tokens",
      ["role": "integrator", "label": .string(Text(system.line.name)), "member": .string(Text(system.member))])
    guard let text = made?["token"]?.text, let id = made?["id"]?.text?.string else { return false }
    system.token = (text, id)
    system.pending = nil
    system.tags = []
    return true
  }

  func nextRun() -> Int64 {
    runs += 1
    return runs
  }
}
