import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc rejected edit`: mends the values of a rejected change, field by field, and writes it again.
///
/// On a terminal each value is asked for where nothing was said; a value that is left as it is stays.
struct RejectedEdit {
  static let command = Command(
    "edit", synonyms: ["mend", "fix", "set", "change"],
    summary: "Mend the values of a rejected change and write it again.",
    discussion: """
      On a terminal, without --set and --without, it goes through the values and asks. The change is written \
      again on top of what the record says now; the next sync offers it to the hub.
      """,
    examples: [
      "pioc rejected edit 12 --set summary=\"A shorter one\""
    ],
    options: [
      Option("--set", value: "FIELD=VALUE", repeats: true, "Write this value in the place of the refused one."),
      Option("--without", value: "FIELD", repeats: true, "Leave this field out of the change."),
    ],
    arguments: [Argument("N", "The number of a rejected change.")])

  private let rejected: RejectedChange
  private let replica: LocalReplica
  private let context: Context
  private let kind: Kind?

  init(_ rejected: RejectedChange, _ replica: LocalReplica, _ context: Context) {
    self.rejected = rejected
    self.replica = replica
    self.context = context
    kind = Kinds.named(rejected.change.kind)
  }

  func run() throws -> Int32 {
    let (sets, withouts) = (context.invocation.values("--set"), context.invocation.values("--without"))
    let operations: [Sync.Operation]
    if sets.isEmpty, withouts.isEmpty {
      guard Terminal.isTerminal(0), !context.wantsJSON else {
        throw Failure.usage(
          "Nothing was said to mend.", "Give --set FIELD=VALUE or --without FIELD; 'pioc rejected' shows the values.")
      }
      context.output.write(prose: try RejectedWords.page(rejected, Titles(replica), context.output, isWhole: true))
      operations = try asked()
    } else {
      operations = try mended(sets, withouts)
    }
    guard !operations.isEmpty else {
      throw Failure.usage(
        "Nothing would be left of the change.", "To give it up: 'pioc rejected discard \(rejected.pos) --yes'.")
    }
    guard operations != rejected.change.operations else {
      throw Failure.usage(
        "Nothing was mended.", "To offer it to the hub as it is: 'pioc rejected retry \(rejected.pos)'.")
    }
    try RejectedWords.writeAgain(rejected, as: operations, replica, context)
    if !context.wantsJSON { context.output.note("Next: 'pioc sync' offers it to the hub.") }
    return ExitCode.done
  }

  private func mended(_ sets: [String], _ withouts: [String]) throws -> [Sync.Operation] {
    var operations = rejected.change.operations
    for word in withouts {
      let field = try field(word)
      let count = operations.count
      operations.removeAll { Self.belongs($0, to: field.name) }
      guard operations.count < count else {
        throw Failure.usage("The change does not write to \(field.label).", "'pioc rejected' shows what it writes.")
      }
    }
    for text in sets {
      guard let equals = text.firstIndex(of: "=") else {
        throw Failure.usage("--set needs a field and a value.", "Write for example --set title=\"Peace forum\".")
      }
      let field = try field(String(text[..<equals]))
      try replace(field, String(text[text.index(after: equals)...]), in: &operations)
    }
    return operations
  }

  /// Puts a typed value in the place of the only one that the change writes to a field, or beside the others.
  private func replace(_ field: Field, _ text: String, in operations: inout [Sync.Operation]) throws {
    let places = operations.indices.filter { operations[$0].path?.field == field.name }
    if places.count > 1 {
      throw Failure.usage(
        "The change writes several values to \(field.label).",
        "Mend them on a terminal: 'pioc rejected edit \(rejected.pos)' goes through them.")
    }
    guard let mended = try operation(field, text, instead: places.first.map { operations[$0] }) else {
      throw Failure.usage(
        "--set: there is no value for \(field.label).", "Leave it out with --without \(field.option).")
    }
    if let place = places.first { operations[place] = mended } else { operations.append(mended) }
  }

  /// Goes through the values with the person at the terminal.
  private func asked() throws -> [Sync.Operation] {
    var operations: [Sync.Operation] = []
    context.output.note("Enter keeps a value, '-' leaves it out.")
    for operation in rejected.change.operations {
      guard case .put(let path, let value, _) = operation, path != .life, !path.isPosition,
        let field = kind?.field(path.field)
      else {
        operations.append(operation)
        continue
      }
      let now = value.isNull ? "(cleared)" : FieldText.describe(value, key: path.key, field: field)
      if let mended = try ask(field, now: now, operation) { operations.append(mended) }
    }
    return operations
  }

  /// Asks for one value until it can be taken.
  private func ask(_ field: Field, now: String, _ operation: Sync.Operation) throws -> Sync.Operation? {
    while true {
      guard let line = context.output.ask("\(field.label) [\(Phrase.quoted(now))]:") else {
        throw Failure.usage("Stopped; nothing was changed.", "Begin again with 'pioc rejected edit \(rejected.pos)'.")
      }
      let typed = line.trimmingCharacters(in: .whitespaces)
      if typed.isEmpty { return operation }
      if typed == "-" { return nil }
      do {
        if let mended = try self.operation(field, typed, instead: operation) { return mended }
      } catch {
        let failure = Failure(explaining: error)
        context.output.note("\(failure.message)\n\(failure.advice)")
      }
    }
  }

  /// A write of a typed value: over what the refused one meant to replace, or over what stands there now.
  private func operation(
    _ field: Field, _ text: String, instead former: Sync.Operation?
  ) throws -> Sync.Operation? {
    let typed = try TypedReferences(replica: replica).resolved(text, field)
    guard let element = try FieldText.parse(typed, for: field).first else { return nil }
    let key = element.key ?? (field.rule == .list ? former?.path?.key ?? context.itemKey() : nil)
    let path = Path(field.name, key)
    if let former, former.path == path { return .put(path, value: element.value, over: former.over) }
    let live = try replica.record(rejected.change.record)?.state.cells(at: path).map(\.name) ?? []
    return .put(path, value: element.value, over: live)
  }

  /// Whether an operation writes to a field, or to the positions of its items.
  private static func belongs(_ operation: Sync.Operation, to field: Text) -> Bool {
    operation.path.map { $0.field == field || $0.field == Path.position(of: field, item: "").field } ?? false
  }

  private func field(_ word: String) throws -> Field {
    guard let kind else {
      throw Failure.usage(
        "This version does not know such records.", "Offer the change as it is: 'pioc rejected retry \(rejected.pos)'.")
    }
    return try FieldOptions.field(word, of: kind)
  }
}
