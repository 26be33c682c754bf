/// The hub's log as somebody reads it who stands outside, and who remembers all that it was ever shown.
struct HubLogView {
  private(set) var changes: [LogChange] = []
  private(set) var seqs: [Int] = []
  private var cursor: String?

  /// How many changes of a replica there are.
  func count(of replica: String) -> Int { changes.count { $0.replica == replica } }

  /// Reads what is new.
  ///
  /// A hub that has forgotten what it showed before refuses the cursor, which throws.
  mutating func readOn(_ connection: HubConnection) throws {
    // From the very beginning the feed is asked for by a cursor, or it would send states instead of changes.
    var position = try cursor ?? Self.beginning(connection)
    while true {
      let page = try connection.get("/v1/changes?limit=1000&since=\(position)", LogPage.self)
      for entry in page.entries {
        guard let change = entry.change else {
          throw TrialError("entry \(entry.seq) of the log is no change")
        }
        changes.append(change)
        seqs.append(entry.seq)
      }
      position = page.cursor
      cursor = position
      if !page.more { return }
    }
  }

  private static func beginning(_ connection: HubConnection) throws -> String {
    "c1.\(try connection.get("/healthz", HubHealth.self).hub).0.0000000000000000"
  }

  /// Checks that each replica's changes are there once, in order and without a hole, and that the log holds
  /// nothing else.
  func check(_ connection: HubConnection, into result: inout TrialResult) throws {
    result.expect(seqs == Array(1...max(1, seqs.count)).prefix(seqs.count).map { $0 }, "the log has holes")
    result.expect(Set(changes).count == changes.count, "a change stands in the log twice")
    for (replica, own) in Dictionary(grouping: changes, by: \.replica) {
      let numbers = own.map(\.n)
      result.expect(numbers == Array(1...numbers.count), "the numbers of \(replica) have holes: \(numbers)")
    }
    let head = try connection.get("/v1/status", HubReport.self).head
    result.expect(head == changes.count, "the log ends at \(head) and shows \(changes.count) changes")
    var again = HubLogView()
    try again.readOn(connection)
    result.expect(again.changes == changes && again.seqs == seqs, "the log is not as it was shown before")
  }
}
