import JSON

/// What people type and read for a field: one line of text for each value.
///
/// ``describe(_:key:field:)`` writes what ``parse(_:for:)-(String,_)`` reads.
public enum FieldText {
  /// Reads several texts for one field, such as one for each time that an option was given.
  ///
  /// Authors are joined in their order; a field without keys takes one text.
  public static func parse(_ texts: [String], for field: Field) throws(FieldError) -> [FieldElement] {
    var elements: [FieldElement] = []
    for text in texts { elements += try parse(text, for: field) }
    if field.type == .authors, elements.count > 1 {
      return [(nil, .array(elements.flatMap { $0.value.array ?? [] }))]
    }
    return elements
  }

  /// Reads what a person typed into the values to store; an empty text has none and clears the field.
  ///
  /// Typed text is brought to NFC here, and never later. An item of a list comes without a key.
  public static func parse(_ text: String, for field: Field) throws(FieldError) -> [FieldElement] {
    let text = TypedText.normalized(text)
    guard !text.isEmpty else { return [] }
    do {
      let element = try element(text, field)
      let key = element.key ?? (field.rule == .list ? Field.anyItemKey : nil)
      try field.check(key: key, value: element.value, record: nil)
      return [element]
    } catch {
      throw FieldError(TextFault.violation(text, field.type) ?? error, field)
    }
  }

  private static func element(_ text: Text, _ field: Field) throws(Violation) -> FieldElement {
    switch field.rule {
    case .plain where field.type == .date: (nil, .string(try date(text)))
    case .plain: (nil, .string(word(text, field.type)))
    case .composite: (nil, try composite(text, field.type))
    case .set: try setElement(text, field.type)
    case .reference: (reference(text), true)
    case .list: (nil, .object(try item(text, field.type)))
    }
  }

  private static func composite(_ text: Text, _ type: ValueType) throws(Violation) -> JSON {
    switch type {
    case .when: try EventTime(typed: text).json
    case .authors: .array(try AuthorText.parse(text))
    case .parts(let parts): .object(try PartText(parts: parts).parse(text))
    default: .string(text)
    }
  }

  private static func setElement(_ text: Text, _ type: ValueType) throws(Violation) -> FieldElement {
    switch type {
    case .parts(let parts):
      let object = JSON.object(try PartText(parts: parts).parse(text))
      return (TypedText.text(object.canonical()), true)
    case .keyed(let parts):
      var object = try PartText(parts: parts).parse(text)
      guard let key = object[parts[0].name]?.text else {
        throw Violation(rule: parts[0].type.requirement, part: parts[0].name.string)
      }
      object[parts[0].name] = nil
      return (key, .object(object))
    default: return (word(text, type), true)
    }
  }

  /// Words that mean the same in another spelling: `In person` is `in-person`, `pt_BR` is `pt-BR`.
  private static func word(_ text: Text, _ type: ValueType) -> Text {
    switch type {
    case .word(let words):
      let folded = Text(String(Letters.lowered(text).map { $0 == " " ? "-" : $0 }))
      return words.known.contains(folded) ? folded : text
    case .language: return TypedText.text(text.bytes.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 })
    case .identifier: return identifier(text)
    default: return text
    }
  }

  /// A date in plain spelling.
  private static func date(_ text: Text) throws(Violation) -> Text {
    let plain = TimeSpelling.plain(DaySpan.dated(text.string))
    if !PartialDate.isValid(Text(plain)), let fault = TimeFault.violation(plain) { throw fault }
    return Text(plain)
  }

  /// A DOI in any of its spellings becomes `doi:10.…` in small letters.
  private static func identifier(_ text: Text) -> Text {
    let lowered = Letters.lowered(text)
    let prefixes = [
      "doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/",
    ]
    guard
      let prefix = prefixes.first(where: { lowered.hasPrefix($0) }) ?? (lowered.hasPrefix("10.") ? "" : nil)
    else {
      return text
    }
    return TypedText.text(Array("doi:".utf8) + lowered.utf8.dropFirst(prefix.utf8.count))
  }

  /// `UUID:role`, `UUID/role` or `UUID`, in any case.
  private static func reference(_ text: Text) -> Text {
    let target = text.bytes.prefix(36).map { Letters.lowered($0) }
    let rest = text.bytes.dropFirst(36)
    guard let separator = rest.first, separator == UInt8(ascii: ":") || separator == UInt8(ascii: "/") else {
      return TypedText.text(target + rest)
    }
    let role = TypedText.trimmed(rest.dropFirst())
    return TypedText.text(target + [UInt8(ascii: "/")] + role)
  }

  /// Reads a kind and a text, such as `question: What can be done?`.
  private static func item(_ text: Text, _ type: ValueType) throws(Violation) -> JSONObject {
    guard case .parts(let parts) = type, case .word(let words) = parts[0].type else {
      throw Violation(rule: type.requirement)
    }
    guard let colon = text.bytes.firstIndex(of: UInt8(ascii: ":")) else {
      throw Violation(
        rule: "given with its kind in front: " + words.known.map { "'\($0):'" }.joined(separator: ", "))
    }
    let kind = word(TypedText.text(TypedText.trimmed(text.bytes[..<colon])), parts[0].type)
    let rest = TypedText.text(TypedText.trimmed(text.bytes[(colon + 1)...]))
    return [parts[0].name: .string(kind), parts[1].name: .string(rest)]
  }
}
