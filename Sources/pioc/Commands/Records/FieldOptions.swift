import JSON
import Records
import Replica
import Sync
import Terminal

/// The fields of a kind as options of the command line, and what was typed for them.
struct FieldOptions {
  let kind: Kind
  let replica: LocalReplica
  let context: Context
  /// How times were understood.
  let understood = Understood()

  /// The options for all fields of a kind; those that a new record needs are marked.
  static func options(_ kind: Kind, isNew: Bool) -> [Option] { kind.fields.map { option($0, isNew: isNew) } }

  /// The options for all fields of what a scope may hold, each once.
  ///
  /// At the top, where the record is not known yet, those of all kinds; ``refuseForeign()`` says no to what the record
  /// does not have.
  static func options(_ scope: RecordScope) -> [Option] {
    if let kind = scope.kind { return options(kind, isNew: false) }
    var seen: Set<String> = []
    return Kinds.all.flatMap { options($0, isNew: false) }.filter { seen.insert($0.name).inserted }
  }

  /// Refuses options of fields that records of this kind do not have.
  func refuseForeign() throws {
    let own = Set(kind.fields.map { "--" + $0.option })
    let fields = Set(Kinds.all.flatMap(\.fields).map { "--" + $0.option })
    for (option, _) in context.invocation.occurrences where fields.contains(option) && !own.contains(option) {
      throw Failure.usage(
        "\(option) is no field of \(Phrase.one(kind.label)).",
        "'pioc \(kind.name) set --help' lists the fields of \(kind.plural).")
    }
  }

  /// The option for one field; one that takes several values may be typed several times.
  private static func option(_ field: Field, isNew: Bool) -> Option {
    let isRequired = isNew && field.presence == .required ? "(required) " : ""
    return Option(
      "--" + field.option, value: placeholder(field.type), repeats: field.isKeyed || field.type == .authors,
      synonyms: synonyms[field.name.string] ?? [], "\(field.label): \(isRequired)\(field.help).")
  }

  /// What people type for the same.
  private static let synonyms: [String: [String]] = [
    "when": ["--date", "--start", "--time", "--day"], "title": ["--name", "--subject"],
    "name": ["--title", "--fullname"], "issued": ["--date", "--when", "--published", "--year"],
    "emails": ["--mail", "--e-mail"], "phones": ["--tel", "--telephone", "--mobile"],
    "areas": ["--programme", "--program"], "place": ["--where", "--location", "--venue", "--city"],
    "affiliations": ["--org", "--organisation", "--organization", "--company"], "authors": ["--by"],
    "description": ["--text", "--body"],
  ]

  private static func placeholder(_ type: ValueType) -> String {
    switch type {
    case .line, .lines, .parts, .keyed: "TEXT"
    case .word: "WORD"
    case .web, .link: "URL"
    case .language: "TAG"
    case .date: "DATE"
    case .when: "WHEN"
    case .reference: "ID[:ROLE]"
    case .authors: "NAME"
    case .identifier: "SCHEME:ID"
    case .country, .coordinates, .integer, .mail: "VALUE"
    }
  }

  /// The field that a person means: by its option, its name or its label.
  static func field(_ word: String, of kind: Kind) throws -> Field {
    let wanted = word.lowercased()
    let found = kind.fields.first { field in
      [field.option, field.name.string, field.label].contains { $0.lowercased() == wanted }
    }
    if let found { return found }
    throw Failure.usage(
      "'\(DisplayWidth.clip(TerminalSafe.line(word), to: 48))' is no field of \(Phrase.one(kind.label)).",
      "The fields are \(Phrase.list(kind.fields.map(\.option))).")
  }

  /// Writes what was typed for a new record: each field's option.
  func write(into draft: inout ChangeDraft) throws {
    for field in kind.fields {
      let texts = context.invocation.values("--" + field.option)
      if !texts.isEmpty { try write(texts, field, into: &draft) }
    }
  }

  /// Writes what was typed about a record that is there: first what goes, then what comes.
  func change(_ draft: inout ChangeDraft) throws {
    try refuseForeign()
    for name in context.invocation.values("--clear") {
      let field = try Self.field(name, of: kind)
      try naming(field) { () throws(FieldError) in
        try FieldEdit.replace(field, with: [], in: &draft, itemKey: context.itemKey)
      }
    }
    for text in context.invocation.values("--remove") {
      let (field, value) = try assignment(text, option: "--remove")
      let elements = try numbered(value, field, draft.state) ?? parsed([value], field)
      try naming(field) { () throws(FieldError) in try FieldEdit.remove(elements, from: field, in: &draft) }
    }
    for text in context.invocation.values("--add") {
      let (field, value) = try assignment(text, option: "--add")
      // To add is never to overwrite.
      guard field.isKeyed || field.type == .authors else {
        throw Failure.usage(
          "--add: \(field.label) holds one value, so nothing can be added to it.",
          "To write this instead of what it holds: --\(field.option) \(Phrase.quoted(value)).")
      }
      try add([value], field, into: &draft)
    }
    try write(into: &draft)
  }

  /// A field's own option adds where there may be several, and replaces where there is one.
  private func write(_ texts: [String], _ field: Field, into draft: inout ChangeDraft) throws {
    if field.isKeyed { return try add(texts, field, into: &draft) }
    let elements = try parsed(texts, field)
    try naming(field) { () throws(FieldError) in
      try FieldEdit.replace(field, with: elements, in: &draft, itemKey: context.itemKey)
    }
  }

  private func add(_ texts: [String], _ field: Field, into draft: inout ChangeDraft) throws {
    let elements = try parsed(texts, field)
    guard !elements.isEmpty else {
      throw Failure.usage("--\(field.option): there is nothing to add.", "Give \(field.help).")
    }
    try naming(field) { () throws(FieldError) in
      try FieldEdit.add(elements, to: field, in: &draft, itemKey: context.itemKey)
    }
  }

  private func parsed(_ texts: [String], _ field: Field) throws -> [FieldElement] {
    let references = TypedReferences(replica: replica)
    let resolved = try texts.map { try references.resolved(days($0, field), field) }
    let elements: [FieldElement]
    do {
      elements = try FieldText.parse(resolved, for: field)
    } catch {
      throw timeFailure(error, field, texts) ?? failure(error)
    }
    if field.type == .when || field.type == .date { try say(elements, field, typed: texts) }
    return elements
  }

  /// Words for days ("next friday") in the form that the field takes.
  private func days(_ text: String, _ field: Field) -> String {
    Days(now: context.now()).typed(text, for: field)
  }

  /// Keeps how a time was understood, to be said once it is written.
  private func say(_ elements: [FieldElement], _ field: Field, typed: [String]) throws {
    for element in elements {
      for doubt in try TimeZones(environment: context.environment).doubts(about: element.value) {
        understood.add("\(field.label): \(doubt)")
      }
      let said = field.type == .when ? EventWords.said(element.value) : element.value.text?.string
      if let said, field.type == .when || !typed.contains(said) { understood.add("\(field.label): \(said).") }
    }
  }

  /// What to say where a time of day came without its zone: the one of this machine, never taken by itself.
  private func timeFailure(_ error: FieldError, _ field: Field, _ texts: [String]) -> Failure? {
    let zones = TimeZones(environment: context.environment)
    guard field.type == .when, let text = texts.first(where: { $0.contains(":") }) else { return nil }
    if let zone = zones.own, (try? FieldText.parse(days(text, field) + " " + zone, for: field)) != nil {
      let whole = Phrase.quoted(days(text, field) + " " + zone)
      return .usage(failure(error).message, "If it is this machine's time: --\(field.option) \(whole).")
    }
    // What stands behind the time of day was meant for a zone, if all is well with UTC in its place.
    let words = text.split(separator: " ").map(String.init)
    guard let clock = words.lastIndex(where: { $0.contains(":") }), clock + 1 < words.count,
      (try? FieldText.parse(days((words[...clock] + ["UTC"]).joined(separator: " "), field), for: field)) != nil
    else { return nil }
    let word = words[(clock + 1)...].joined(separator: " ")
    return zones.unknown(word)
  }

  /// `area=Peace`, as `--add` and `--remove` take it.
  private func assignment(_ text: String, option: String) throws -> (Field, String) {
    guard let equals = text.firstIndex(of: "=") else {
      throw Failure.usage(
        "\(option) needs a field and a value.", "Write for example \(option) topic=\"smart cities\".")
    }
    return (try Self.field(String(text[..<equals]), of: kind), String(text[text.index(after: equals)...]))
  }

  /// The element of that number where elements are too long to type again; `nil` if it is no number.
  private func numbered(_ text: String, _ field: Field, _ state: RecordState) throws -> [FieldElement]? {
    guard let number = Int(text), FieldLines.isNumbered(field) else { return nil }
    let elements = FieldLines.elements(of: field, in: state)
    guard elements.indices.contains(number - 1) else {
      throw Failure.usage(
        "--\(field.option): there is no number \(number), only \(elements.count).",
        "'pioc \(kind.name) show ID' numbers them.")
    }
    return [(elements[number - 1].key, elements[number - 1].value)]
  }

  /// Checks that a record would have what each of its kind must have.
  func checkComplete(_ draft: ChangeDraft) throws {
    do {
      try RecordRules.checkComplete(draft, kind: kind)
    } catch {
      throw failure(error)
    }
  }

  private func naming<T>(_ field: Field, _ body: () throws(FieldError) -> T) throws -> T {
    do { return try body() } catch { throw failure(error) }
  }

  /// An error about a field, with the option in the place of the field's name.
  private func failure(_ error: FieldError) -> Failure {
    var message = error.message
    for field in kind.fields where message.hasPrefix("\(field.name):") {
      message = "--\(field.option)" + message.dropFirst(field.name.string.count)
      break
    }
    return .usage(
      message + (message.hasSuffix(".") ? "" : "."), "'pioc \(kind.name) add --help' explains every field.")
  }
}
