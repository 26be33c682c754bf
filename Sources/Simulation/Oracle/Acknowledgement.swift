/// What the hub told with an answer of status 200 about one change.
struct Acknowledgement {
  let dot: OracleDot
  let fate: String
  let seq: Int64?
  let time: Int64?

  /// What is wrong with it in a hub's log; nil if all is as it was told.
  func complaint(_ entry: FileEntry?, _ history: HubHistory) -> String? {
    guard let entry else { return "\(dot) was \(fate), and is not in the log" }
    let isThere =
      switch fate {
      case "applied": [.applied, .erased, .duplicate].contains(entry.fate)
      case "erased": [.erased, .duplicate].contains(entry.fate)
      case "rejected": [.rejected, .duplicate].contains(entry.fate)
      case "void": [.void, .duplicate].contains(entry.fate)
      default: false
      }
    guard isThere else { return "\(dot) was \(fate), and is something else in the log" }
    guard let seq else { return nil }
    // A duplicate repeats the place of the entry that has its name.
    guard entry.fate == .duplicate || entry.pos == seq else {
      return "\(dot) was told \(seq), and is at \(entry.pos)"
    }
    guard let told = history[seq], time == nil || told.time == time else {
      return "\(dot) was told \(seq) at \(time ?? 0), which is not there"
    }
    return nil
  }
}
