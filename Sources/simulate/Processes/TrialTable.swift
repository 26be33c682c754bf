/// The table at the end: a line for each trial, and below it what was covered, skipped or found.
struct TrialTable {
  let results: [TrialResult]

  /// The lines.
  var lines: [String] {
    let head = ["TRIAL", "SECONDS", "ROUNDS", "KILLS", "CHECKS", "FAILURES"]
    let rows = results.map { result in
      [
        result.name, String(Int(result.seconds.rounded())), String(result.rounds), String(result.kills),
        String(result.checks),
        result.skipped != nil && result.checks == 0 ? "SKIPPED" : String(result.failures.count),
      ]
    }
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    var lines: [String] = []
    for (index, row) in all.enumerated() {
      lines.append(Self.line(row, widths))
      if index > 0 { lines += Self.details(results[index - 1]) }
    }
    return lines
  }

  private static func line(_ row: [String], _ widths: [Int]) -> String {
    let cells = zip(row, widths).enumerated().map { column, cell in
      let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
      return column == 0 ? cell.0 + blanks : blanks + cell.0
    }
    return cells.joined(separator: "  ")
  }

  private static func details(_ result: TrialResult) -> [String] {
    var lines = ["    \(result.checks == 0 ? "NOT checked" : "checked"): \(result.promise)"]
    lines += result.notes.map { "    \($0)" }
    if let skipped = result.skipped { lines.append("    SKIPPED: \(skipped)") }
    lines += result.failures.prefix(8).map { "    FAILED: \($0)" }
    if result.failures.count > 8 { lines.append("    … and \(result.failures.count - 8) more failures") }
    return lines
  }
}
