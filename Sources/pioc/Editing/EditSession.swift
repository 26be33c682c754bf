import JSON
import Records
import Replica
import Sync
import Terminal

/// One edit of a record in an editor: shows it, reads it again, and asks again where something is wrong.
struct EditSession {
  let form: RecordForm
  let seen: SeenRecord
  let replica: LocalReplica
  let context: Context

  /// Lets the person edit, and gives what is to be written; an empty draft if the text came back as it was.
  ///
  /// - Parameter file: where the text is; it stays there when this throws ``Failure`` with what somebody typed.
  func run(_ file: EditFile, heading: [String]) throws -> ChangeDraft {
    let titles = Titles(replica)
    let first = try form.text(heading: heading) { try titles.title(of: $0) }
    var shown = first
    while true {
      try file.write(shown)
      let ending = try Editor(environment: context.environment).edit(file.path)
      let text = file.read()
      guard ending == .well, let text else {
        if text == nil || text == shown && shown == first { file.remove() }
        throw Self.failure(ending, kept: text == nil || text == first ? nil : file.path)
      }
      if text == first || text.allSatisfy({ $0 <= 0x20 }) { return seen.draft }
      do {
        return try draft(text)
      } catch {
        let isGivenUp = text == shown
        guard Terminal.isTerminal(0), Terminal.isTerminal(1), !isGivenUp else { throw kept(error, file) }
        shown = RecordForm.annotated(text, error)
      }
    }
  }

  /// What a text asks for.
  private func draft(_ text: [UInt8]) throws(FormError) -> ChangeDraft {
    var draft = seen.draft
    try form.write(text, into: &draft, itemKey: context.itemKey) { (typed, field) throws(FieldError) in
      do {
        return try TypedReferences(replica: replica).resolved(days(typed, field), field)
      } catch {
        let failure = Failure(explaining: error)
        throw FieldError("\(field.name): \(failure.message) \(failure.advice)")
      }
    }
    return draft
  }

  /// Words for days in the form that the field takes, as on a command line; a zone that nobody knows is refused.
  private func days(_ typed: String, _ field: Field) throws -> String {
    let text = Days(now: context.now()).typed(typed, for: field)
    guard field.type == .when, let value = try? FieldText.parse(text, for: field).first?.value else { return text }
    for doubt in try TimeZones(environment: context.environment).doubts(about: value) {
      context.output.note("\(field.label): \(doubt)")
    }
    return text
  }

  private func kept(_ error: FormError, _ file: EditFile) -> Failure {
    .usage(
      "The text cannot be taken:\n" + TerminalSafe.text(error.description),
      "Nothing was changed. What you typed is kept in \(file.path).\n"
        + "Copy it from there when you edit the record again, and then delete that file.")
  }

  /// How an editor ended that left nothing to be taken.
  static func sentence(_ ending: Editor.Ending) -> String {
    switch ending {
    case .well: "The editor left no text behind."
    case .failed(let code): "The editor ended with code \(code)."
    case .killed(let signal): "The editor was killed (signal \(signal))."
    }
  }

  /// What to say of it, and where the text is that somebody typed.
  static func failure(_ ending: Editor.Ending, kept: String?) -> Failure {
    let text = kept.map { "what you typed is kept in \($0)." } ?? "VISUAL or EDITOR names the editor to use."
    return .failed(sentence(ending), "Nothing was changed; \(text)")
  }
}
