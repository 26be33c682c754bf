import Foundation
import JSON
import Records
import Replica
import Sync
import Terminal

/// `pioc __complete`: what shells ask while somebody types.
///
/// It never complains and changes nothing: without a replica there are no ids, and that is all.
enum CompleteCommand {
  static let command = Command(
    "__complete", isHidden: true, summary: "Print what may follow the words, for the completions of a shell.",
    arguments: [Argument("WORDS", optional: true, repeats: true, "The words after 'pioc'; the last is unfinished.")])

  /// How many ids are offered.
  private static let most = 40

  static func run(_ context: Context) -> Int32 {
    let words = context.invocation.arguments
    let point = CompletionPoint(PiocCommand.root, words: words.isEmpty ? [""] : words)
    let last = words.last ?? ""
    var candidates = point.candidates
    switch point.wanted {
    case .nothing: break
    case .argument(let argument): candidates += Self.words(for: argument.name, last, point, context)
    case .value(let option): candidates += values(of: option, last == "=" ? "" : last, point, context)
    }
    for (word, help) in candidates {
      let text = help.isEmpty ? word : word + "\t" + TerminalSafe.line(help)
      context.output.write(text + "\n")
    }
    return ExitCode.done
  }

  private static func words(
    for argument: String, _ last: String, _ point: CompletionPoint, _ context: Context
  ) -> [CompletionPoint.Candidate] {
    let path = point.invocation.path
    switch argument {
    case "ID": return ids(last, kind: Kinds.all.first { $0.name.string == path.first }, point, context)
    case "FILE": return [(":files", "")]
    case "KIND": return begins(Kinds.all.map { ($0.plural, "") }, last)
    case "SHELL": return begins([("bash", ""), ("zsh", ""), ("fish", "")], last)
    default: return []
    }
  }

  private static func values(
    of option: Option, _ last: String, _ point: CompletionPoint, _ context: Context
  ) -> [CompletionPoint.Candidate] {
    let path = point.invocation.path
    let kinds = Kinds.all.filter { $0.name.string == path.first }
    switch option.name {
    case "--dir", "--invite", "--output": return [(":files", "")]
    case "--format": return begins(ExportFile.Form.allCases.map { ($0.rawValue, "") }, last)
    case "--on-duplicate": return begins(DuplicateRule.allCases.map { ($0.rawValue, "") }, last)
    case "--visibility" where path.last == "export":
      return begins(ExportCeiling.allCases.map { ($0.rawValue, "") }, last)
    case "--kind" where path.last == "import": return begins(Kinds.all.map { ($0.name.string, "") }, last)
    case "--clear", "--field", "--add", "--remove":
      let sign = option.placeholder?.contains("=") ?? false ? "=" : ""
      var seen: Set<String> = []
      let fields = (kinds.isEmpty ? Kinds.all : kinds).flatMap(\.fields).filter { seen.insert($0.option).inserted }
      return begins(fields.map { ($0.option + sign, $0.help) }, last)
    case "--when" where path.last == "list", "--from", "--to", "--changed-since":
      return begins(
        ["today", "tomorrow", "yesterday", "this week", "next month", "last 30 days"].map { ($0, "") }, last)
    default: break
    }
    let fields = (kinds.isEmpty ? Kinds.all : kinds).flatMap(\.fields).filter { "--" + $0.option == option.name }
    return begins(
      fields.first.map { field in
        switch field.type {
        case .word(let words): return words.known.map { ($0.string, "") }
        case .reference: return ids(last, kind: TypedReferences.target(of: field), point, context)
        default: return []
        }
      } ?? [], isReference(fields.first) ? "" : last)
  }

  private static func isReference(_ field: Field?) -> Bool { field?.rule == .reference }

  private static func begins(_ words: [CompletionPoint.Candidate], _ last: String) -> [CompletionPoint.Candidate] {
    words.filter { $0.word.hasPrefix(last) }
  }

  /// Records by the beginning of their ids, or else those in whose words the unfinished one occurs, with titles.
  private static func ids(
    _ last: String, kind: Kind?, _ point: CompletionPoint, _ context: Context
  ) -> [CompletionPoint.Candidate] {
    let named = (point.invocation.value("--dir") ?? context.invocation.value("--dir")).map {
      $0.hasPrefix("~/") ? Self.home(context) + $0.dropFirst() : $0
    }
    let folder = ReplicaFolder(option: named, environment: context.environment)
    guard (try? folder.isThere()) == true, let replica = try? folder.open() else { return [] }
    var filter = RecordFilter(kind: kind?.name)
    filter.isDeleted = point.invocation.path.last == "restore"
    filter.isInConflict = point.invocation.path.first == "conflicts"
    let lines: [RecordLine]?
    if last.isEmpty {
      lines = try? replica.list(filter, limit: Int64(most))
    } else {
      lines = try? replica.beginning(last, filter, limit: most)
    }
    let titles = Titles(replica)
    return (lines ?? []).map { line in
      ((try? titles.short(line.id)) ?? line.id.description, line.title)
    }
  }

  private static func home(_ context: Context) -> String { context.environment["HOME"] ?? "" }
}
