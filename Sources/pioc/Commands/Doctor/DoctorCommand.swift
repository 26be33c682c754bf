import JSON
import Replica
import Terminal

/// `pioc doctor`: looks over the replica and says what to do about what it finds; changes nothing.
enum DoctorCommand {
  static let command = Command(
    "doctor", summary: "Look over this replica: its file, clock, pending work and records; say what to do.",
    discussion: """
      Changes nothing. The hub is asked for its time only, and not with --offline. Ends with 3 if something needs \
      you. What cannot be read here is mended by 'pioc verify'.
      """,
    examples: ["pioc doctor", "pioc doctor --offline --json"],
    options: [Option("--offline", "Do not ask the hub for its time.")])

  /// How many things are named of each sort.
  private static let named = 10

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.open()
    var findings = try Checkup(replica, context).findings()
    if let leftovers = EditLeftovers(folder: context.folder).finding() { findings.append(leftovers) }
    findings.append(HubCheck(replica, context).finding())
    let needsYou = findings.contains { $0.state == .attention }
    if context.wantsJSON {
      context.output.write(["ok": .bool(!needsYou), "findings": .array(findings.map(\.json))])
    } else {
      for finding in findings { context.output.write(text(finding, context.output)) }
    }
    return needsYou ? ExitCode.needsYou : ExitCode.done
  }

  private static func text(_ finding: Finding, _ output: Output) -> String {
    let style = output.style
    let sign =
      switch finding.state {
      case .good: style.green("ok")
      case .note: style.dim(" ·")
      case .attention: style.yellow(" !")
      }
    let room = max(20, (output.width ?? 100_000) - 4)
    let detail = TextWrap.lines(TerminalSafe.line(finding.detail), width: room)
      .map { finding.state == .attention ? style.bold($0) : $0 }
    var text = "\(sign)  \(detail.joined(separator: "\n    "))\n"
    for item in finding.items.prefix(named) {
      // The margin stays outside, or a title from right to left would move it to its other end.
      for line in TextWrap.lines(TerminalSafe.line(item), width: room - 2) {
        text += "      \(TerminalSafe.isolated(line))\n"
      }
    }
    if finding.items.count > named { text += "      … and \(finding.items.count - named) more\n" }
    if !finding.advice.isEmpty {
      for line in TextWrap.lines(finding.advice, width: room) { text += "    \(line)\n" }
    }
    return text
  }
}
