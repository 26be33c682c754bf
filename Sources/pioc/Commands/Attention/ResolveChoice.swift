import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// What a person said about how a conflict is to be settled.
struct ResolveChoice {
  private let context: Context
  private let replica: LocalReplica
  private static let ways = ["--take", "--value", "--merge", "--keep", "--delete"]

  init(_ context: Context, _ replica: LocalReplica) {
    self.context = context
    self.replica = replica
  }

  /// Whether nothing was said.
  var isEmpty: Bool { !Self.ways.contains { context.invocation.flag($0) } }

  /// Refuses nothing at all, and two ways at once.
  func check() throws {
    let chosen = Self.ways.filter { context.invocation.flag($0) }
    guard chosen.count == 1 else {
      throw Failure.usage(
        chosen.isEmpty
          ? "Nothing was said about how to settle it." : "\(Phrase.list(chosen)) cannot go together.",
        "Give one of --take N, --value VALUE, --merge, --keep and --delete; 'pioc conflicts show ID' shows the values."
      )
    }
  }

  /// The conflict that is meant.
  func conflict(of state: RecordState, _ kind: Kind?) throws -> Conflict {
    let invocation = context.invocation
    let isAboutLife = invocation.flag("--keep") || invocation.flag("--delete")
    let all = state.conflicts()
    var found = all.filter { ($0.path == .life) == isAboutLife }
    if let word = invocation.arguments.dropFirst().first ?? invocation.value("--field") {
      let name = try kind.map { try FieldOptions.field(word, of: $0).name } ?? Text(word)
      found = found.filter { $0.path.field == name }
    }
    if let key = invocation.value("--key") {
      let wanted = Text(key.precomposedStringWithCanonicalMapping)
      found = found.filter { $0.path.key == wanted || $0.path.key == Text(key) }
    }
    if found.count == 1 { return found[0] }
    if all.isEmpty {
      throw Failure.usage("This record has no conflict.", "'pioc conflicts' lists those that have.")
    }
    let short = try Titles(replica).short(state.record)
    if found.isEmpty {
      let places = all.map { ConflictWords.place($0, kind) }
      throw Failure.usage(
        "There is no such conflict in this record, but one about: \(places.joined(separator: "; ")).",
        "'pioc conflicts show \(short)' shows how to settle it.")
    }
    throw Failure.usage(
      "This record has \(found.count) such conflicts.",
      "Say which: 'pioc resolve \(short) FIELD …' (and --key); 'pioc conflicts show \(short)' lists them.")
  }

  /// What to write; `nil` if the person was asked and said no.
  func resolution(of conflict: Conflict, _ record: StoredRecord) throws -> Resolution? {
    let invocation = context.invocation
    if invocation.flag("--keep") { return .keep }
    if invocation.flag("--delete") { return .delete }
    if invocation.flag("--merge") { return try merged(conflict, record) }
    if let text = invocation.value("--take") {
      guard let number = Self.number(text), number > 0 else {
        throw Failure.usage(
          "'\(TerminalSafe.line(text))' is not the number of a value.", "Write for example --take 2.")
      }
      return .take(number)
    }
    return .value(
      try Self.value(invocation.value("--value") ?? "", for: conflict, Kinds.named(record.state.kind), replica))
  }

  private func merged(_ conflict: Conflict, _ record: StoredRecord) throws -> Resolution? {
    switch try MergeProposal(conflict, record, replica) {
    case .none(let why, let advice): throw Failure.usage(why, advice)
    case .value(let value, let difference):
      if context.invocation.flag("--yes") { return .value(value) }
      context.output.write(Self.describe(value, difference, context.output))
      guard Terminal.isTerminal(0), !context.wantsJSON else {
        throw Failure.usage("This is what it would come to; nothing was written.", "Add --yes to write it.")
      }
      let answer = context.output.ask("Write this? [y/N]") ?? ""
      if Self.isYes(answer) { return .value(value) }
      context.output.note("Nothing was written.")
      return nil
    }
  }

  /// What a merge comes to, and how it differs from what is shown now.
  static func describe(_ value: JSON, _ difference: TextDifference, _ output: Output) -> String {
    let text = TerminalSafe.text(ConflictWords.text(value)?.string ?? "")
    let line = "Against what is shown now: " + DifferenceText(style: output.style).line(difference)
    let lines = ["Merged:"] + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [line]
    return lines.flatMap { TextWrap.lines($0, width: output.width ?? 100_000) }
      .map { TerminalSafe.isolated($0) + "\n" }.joined()
  }

  /// A number written with the digits of any keyboard.
  static func number(_ text: String) -> Int? {
    let digits = text.unicodeScalars.map { scalar -> String in
      guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
        return String(scalar)
      }
      return String(Int(value))
    }
    return Int(digits.joined())
  }

  /// Whether an answer to a question means yes.
  static func isYes(_ answer: String) -> Bool {
    ["y", "yes"].contains(answer.trimmingCharacters(in: .whitespaces).lowercased())
  }

  /// A value that a person typed for the field in conflict.
  static func value(
    _ text: String, for conflict: Conflict, _ kind: Kind?, _ replica: LocalReplica
  ) throws -> JSON {
    guard let kind, let field = kind.field(conflict.path.field) else {
      throw Failure.usage("This version does not know the field.", "Take one of the values with --take N.")
    }
    let typed = try TypedReferences(replica: replica).resolved(text, field)
    guard let element = try FieldText.parse(typed, for: field).first else {
      guard !field.isKeyed, !field.isRequired else {
        throw Failure.usage("--value: \(field.label) cannot be cleared here.", "Give \(field.help).")
      }
      return .null
    }
    guard element.key == nil || element.key == conflict.path.key else {
      throw Failure.usage(
        "--value: the conflict is about the element \(Phrase.quoted(conflict.path.key?.string ?? "")).",
        "Begin the value with it.")
    }
    return element.value
  }
}
