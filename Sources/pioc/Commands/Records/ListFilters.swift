import Glibc
import JSON
import Records
import Replica
import Sync
import Terminal

/// The options of `list` that leave records out, and what was typed for them.
struct ListFilters {
  let scope: RecordScope
  let context: Context

  /// The options for a place: contacts have no days.
  static func options(_ scope: RecordScope) -> [Option] {
    var options: [Option] = []
    if scope.kind?.name != "contact" {
      options += [
        Option(
          "--when", value: "DAYS", synonyms: ["--date", "--on", "--in"],
          "Only those on some of these days: 2027-03, \"next month\", 2027-03-01..2027-03-07."),
        Option("--from", value: "DAY", synonyms: ["--after", "--start"], "Only those on this day or later."),
        Option("--to", value: "DAY", synonyms: ["--until", "--before", "--end"], "Only those on this day or earlier."),
      ]
    }
    options.append(Option("--area", value: "AREA", "Only those of this programme area."))
    switch scope.kind?.name {
    case nil: break
    case "event": options.append(Option("--kind", value: "WORD", synonyms: ["--type"], "Only of this kind: webinar."))
    case "contact": options.append(Option("--kind", value: "WORD", synonyms: ["--type"], "Only of this kind: org."))
    default: options.append(Option("--type", value: "WORD", synonyms: ["--kind"], "Only of this type: report."))
    }
    return options + [
      Option("--member", value: "NAME", synonyms: ["--owner", "--city"], "Only those that this member keeps."),
      Option("--conflict", synonyms: ["--conflicts"], "Only those in conflict."),
      Option("--pending", synonyms: ["--unsent"], "Only those with changes that were not sent yet."),
      Option(
        "--changed-since", value: "DAY", synonyms: ["--since", "--changed"],
        "Only those that anybody changed on this day or later: yesterday, \"last 7 days\"."),
    ]
  }

  /// The names of all of them.
  static let names: Set<String> = [
    "--when", "--from", "--to", "--area", "--kind", "--type", "--member", "--conflict", "--pending", "--changed-since",
  ]

  /// What was typed; days are said again on standard error as they were understood.
  func filter() throws -> RecordFilter {
    let invocation = context.invocation
    var filter = RecordFilter(kind: scope.kind?.name)
    filter.isDeleted = invocation.flag("--deleted")
    filter.isInConflict = invocation.flag("--conflict")
    filter.isPending = invocation.flag("--pending")
    filter.area = invocation.value("--area")
    filter.word = invocation.value("--kind") ?? invocation.value("--type")
    filter.member = invocation.value("--member").map { $0.lowercased() }
    filter.days = try days()
    if let text = invocation.value("--changed-since") {
      let span = try Days(now: context.now()).span(text, option: "--changed-since")
      guard let day = span.firstText, let start = LocalTime.milliseconds(startOf: day) else {
        throw Failure.usage("--changed-since needs a first day.", "Write for example --changed-since yesterday.")
      }
      context.output.note("Changed since: \(DaySpan(from: span, to: nil).described), 00:00 here.")
      filter.changedSince = start
    }
    return filter
  }

  private func days() throws -> DaySpan? {
    let texts = ["--when", "--from", "--to"].map { ($0, context.invocation.value($0)) }
    let calendar = Days(now: context.now())
    let spans = try texts.map { option, text in try text.map { try calendar.span($0, option: option) } }
    guard spans.contains(where: { $0 != nil }) else { return nil }
    guard spans[0] == nil || spans[1] == nil && spans[2] == nil else {
      throw Failure.usage("--when says both ends already.", "Leave out --from and --to, or --when.")
    }
    let span = spans[0] ?? DaySpan(from: spans[1], to: spans[2])
    guard !span.isEmpty else {
      throw Failure.usage("--from is after --to (\(span.described)).", "Turn them round.")
    }
    context.output.note("Days: \(span.described).")
    return span
  }
}
