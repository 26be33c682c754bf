/// What must have happened somewhere in ten thousand seeds: a fault or a repair that never comes is not tested.
enum MustHit {
  static let marks = network + answers + repairs + disks + systems + waiting

  private static let network = [
    "good", "requestLost", "requestCut", "twice", "late", "answerLost", "answerCut", "nonsense", "stale",
  ].map { "network: \($0)" }

  private static let answers =
    [
      "forked", "history-changed", "replica-taken", "revoked", "unauthorized", "storage-failed",
    ].map { "answer: \($0)" }
    + ["applied", "rejected", "void", "erased", "applied, told again", "rejected, told again"].map { "fate: \($0)" }
    + ["took a state", "took a change", "took a removal", "took a refusal", "late request arrived"]

  private static let repairs = [
    "repair: changed history", "repair: fork", "repair: erasure written again", "city copied", "city restored",
    "city revoked", "hub restored", "erasure", "resolution", "refused change discarded",
    "repair: failed sync written over", "hub compacted", "hub restored in order",
    "hub restored in order, records erased again",
  ]

  private static let systems =
    ["created", "updated", "unchanged", "refused", "conflict", "dry run", "precondition-failed", "revoked"].map {
      "integrator: \($0)"
    }
    + ["key", "tag", "dry run", "neither"].map { "integrator: answer lost and asked again, \($0)" }
    + [
      "integrator conflict kept", "integrator: hub died over it and was asked again",
      "integrator: hub put back since it answered, and asked again", "integrator: storage-failed", "token taken back",
    ]

  private static let waiting =
    [
      "began", "news", "nothing new", "line cut meanwhile", "hub died meanwhile", "ended by a stop",
      "ended by a revocation", "ended by a refusal",
    ].map { "wait: \($0)" } + ["reader: page", "reader: began anew"]

  private static let disks =
    ["files made", "files copied"]
    + ["edit", "sync", "take"].flatMap { phase in
      ["killed: city in \(phase)", "struck: city in \(phase)", "store error: 10 in \(phase)"]
    } + [
      // A sync that only asks writes next to nothing that could find a disk full.
      "store error: 13 in edit", "store error: 13 in take",
      "killed: hub in a request", "killed: hub at its start", "struck: hub in a request", "hub: storage failed",
      "power loss: city", "power loss: hub", "power loss that took something", "power loss that tore a write",
    ]
    + ["kill", "power", "write", "sync", "read", "full"].flatMap {
      ["planned: \($0) at city", "planned: \($0) at hub"]
    }
}
