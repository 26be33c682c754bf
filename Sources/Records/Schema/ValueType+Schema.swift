import JSON

/// The schemas of values, beside ``check(_:)``: what they refuse, that refuses too, and what an expression cannot say
/// that alone.
extension ValueType {
  /// The schema of a value at a field's own path, of a part, or of a list's item.
  func schema(_ use: SchemaUse) -> JSON {
    switch self {
    case .line(let limit): Schema.text(Patterns.line, 1...limit.scalars)
    case .lines(let limit):
      Schema.text(use == .written ? Patterns.typedLines : Patterns.lines, 1...limit.scalars)
    case .word(let words): Self.schema(words)
    case .web: Schema.text(Patterns.web, 1...Address.longest)
    case .link:
      Schema.with(Schema.text(Patterns.link, 1...Address.longest), ["not": ["pattern": Self.barred]])
    case .language: Schema.text(Patterns.language, 1...64)
    case .date: Schema.text(Patterns.date)
    case .country: Schema.text(Patterns.country)
    case .coordinates: Schema.text(Patterns.coordinates)
    case .integer(let range): Schema.integer(range)
    case .mail: Schema.text(Patterns.mail, 3...254)
    case .identifier:
      Schema.any(
        Schema.text(Patterns.doi, 1...512),
        Schema.with(Schema.text(Patterns.identifier, 1...512), ["not": ["pattern": "^doi:"]]))
    case .when: EventTime.schema(use)
    case .authors: Schema.list(Author.schema(use), 1...Author.most)
    case .parts(let parts): Schema.with(Self.schema(parts, use), ["minProperties": 1])
    case .keyed(let parts): Self.schema(Array(parts.dropFirst()), use, [parts[0].name: Schema.nothing])
    case .reference(let words): Schema.text(Patterns.reference(words))
    }
  }

  private static let barred = JSON.string(Text(Patterns.barredScheme))

  private static func schema(_ words: Words) -> JSON {
    guard words.isOpen else { return Schema.words(words.known) }
    return Schema.with(
      Schema.text(Patterns.line, 1...Words.limit.scalars), ["examples": .array(words.known.map { .string($0) })])
  }

  /// The schema of an object of parts, and perhaps of members beside them.
  static func schema(_ parts: [Part], _ use: SchemaUse, _ beside: JSONObject = [:]) -> JSON {
    var (required, optional) = (JSONObject(), beside)
    for part in parts {
      let schema = part.type.schema(use)
      if part.isRequired {
        required[part.name] = schema
      } else {
        optional[part.name] = use == .written ? Schema.orNull(schema) : schema
      }
    }
    return Schema.object(required, optional: optional, others: use == .written ? false : nil)
  }
}

extension EventTime {
  /// The schema of `when`: one of its five forms.
  static func schema(_ use: SchemaUse) -> JSON {
    let (day, time) = (Schema.text(Patterns.day), Schema.text(Patterns.time))
    let zone = Schema.text(Patterns.zone, 1...64)
    return [
      "oneOf": [
        form(["start": day], ["end": day], use), form(["start": time, "zone": zone], ["end": time], use),
        form(["month": Schema.text(Patterns.month)], [:], use), form(["year": Schema.text(Patterns.year)], [:], use),
        form(["tba": ["const": true]], [:], use),
      ]
    ]
  }

  private static func form(_ required: JSONObject, _ optional: JSONObject, _ use: SchemaUse) -> JSON {
    let absent: JSON = use == .written ? ["type": "null"] : Schema.nothing
    var others = JSONObject()
    for name in ["start", "end", "zone", "month", "year", "tba"] as [Text] where required[name] == nil {
      others[name] = optional[name].map { use == .written ? Schema.orNull($0) : $0 } ?? absent
    }
    return Schema.object(required, optional: others, others: use == .written ? false : nil)
  }
}

extension Author {
  /// The schema of one author: a whole name, or its parts.
  static func schema(_ use: SchemaUse) -> JSON {
    let absent: JSON = use == .written ? ["type": "null"] : Schema.nothing
    let text: JSON = ["type": "string"]
    let forms: [JSON] = [
      ["required": ["literal"], "properties": ["literal": text, "family": absent, "given": absent]],
      ["required": ["family"], "properties": ["family": text, "literal": absent]],
      ["required": ["given"], "properties": ["given": text, "literal": absent]],
    ]
    let ref = Schema.text(Patterns.record)
    return Schema.with(
      ValueType.schema(parts.filter { $0.name != "ref" }, use, ["ref": use == .written ? Schema.orNull(ref) : ref]),
      ["anyOf": .array(forms)])
  }
}
