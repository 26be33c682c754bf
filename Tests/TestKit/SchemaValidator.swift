public import JSON

/// Holds values to a JSON Schema (draft 2020-12), as far as the schemas of this project go.
///
/// A keyword that it does not know is a fault of every value, so that none is passed over unseen.
public final class SchemaValidator {
  private let root: JSON
  private var expressions: [Text: Regex<AnyRegexOutput>] = [:]

  /// A validator of a schema; `root` is where its references point into, the schema itself if left out.
  public init(_ root: JSON) { self.root = root }

  /// What is wrong with a value, in words; nothing if it keeps to the schema.
  public func faults(_ value: JSON, _ schema: JSON? = nil) -> [String] {
    var faults: [String] = []
    check(value, schema ?? root, at: "", &faults)
    return faults
  }

  /// Whether a value keeps to the schema.
  public func accepts(_ value: JSON, _ schema: JSON? = nil) -> Bool { faults(value, schema).isEmpty }

  private func check(_ value: JSON, _ schema: JSON, at place: String, _ faults: inout [String]) {
    if let verdict = schema.boolean {
      if !verdict { faults.append("\(place): nothing may stand here") }
      return
    }
    guard let object = schema.object else {
      faults.append("\(place): a schema is neither an object nor a boolean")
      return
    }
    for member in object {
      let keyword = member.key.string
      if Self.annotations.contains(keyword) { continue }
      let isKept =
        checkPlain(value, keyword, member.value)
        ?? checkText(value, keyword, member.value)
        ?? checkCombination(value, keyword, member.value, object)
      if let isKept {
        if !isKept { faults.append("\(place): '\(keyword)' is not kept by \("\(value)".prefix(80))") }
      } else if !descend(value, keyword, member.value, object, at: place, &faults) {
        faults.append("\(place): the keyword '\(keyword)' is not known")
      }
    }
  }

  private static let annotations: Set<String> = [
    "$schema", "$defs", "title", "description", "default", "examples", "contentMediaType", "contentSchema", "then",
    "else",
  ]

  /// What a value stands for, if it is a reference.
  public func resolved(_ json: JSON) -> JSON { json["$ref"].map { meant($0) } ?? json }

  // MARK: - Keywords that say yes or no

  private func checkPlain(_ value: JSON, _ keyword: String, _ argument: JSON) -> Bool? {
    let number = argument.integer ?? 0
    switch keyword {
    case "type":
      return (argument.array ?? [argument]).contains { $0.text.map { Self.isOf($0.string, value) } ?? false }
    case "const":
      // 1.0 is 1 to JSON Schema.
      if let one = Self.number(value), let other = Self.number(argument) { return one == other }
      return value.canonical() == argument.canonical()
    case "enum": return (argument.array ?? []).contains { $0.canonical() == value.canonical() }
    case "minimum": return Self.number(value).map { $0 >= Double(number) } ?? true
    case "maximum": return Self.number(value).map { $0 <= Double(number) } ?? true
    case "minItems": return value.array.map { $0.count >= Int(number) } ?? true
    case "maxItems": return value.array.map { $0.count <= Int(number) } ?? true
    case "minProperties": return value.object.map { $0.count >= Int(number) } ?? true
    case "maxProperties": return value.object.map { $0.count <= Int(number) } ?? true
    case "required":
      guard let object = value.object else { return true }
      return (argument.array ?? []).allSatisfy { name in object.contains { .string($0.key) == name } }
    default: return nil
    }
  }

  private func checkText(_ value: JSON, _ keyword: String, _ argument: JSON) -> Bool? {
    switch keyword {
    case "minLength": value.text.map { $0.string.unicodeScalars.count >= Int(argument.integer ?? 0) } ?? true
    case "maxLength": value.text.map { $0.string.unicodeScalars.count <= Int(argument.integer ?? 0) } ?? true
    case "pattern": value.text.map { matches($0.string, argument.text ?? "") } ?? true
    default: nil
    }
  }

  private func checkCombination(_ value: JSON, _ keyword: String, _ argument: JSON, _ schema: JSONObject) -> Bool? {
    let schemas = argument.array ?? []
    switch keyword {
    case "anyOf": return schemas.contains { accepts(value, $0) }
    case "oneOf": return schemas.count(where: { accepts(value, $0) }) == 1
    case "not": return !accepts(value, argument)
    default: return nil
    }
  }

  // MARK: - Keywords that lead on

  private func descend(
    _ value: JSON, _ keyword: String, _ argument: JSON, _ schema: JSONObject, at place: String, _ faults: inout [String]
  ) -> Bool {
    switch keyword {
    case "$ref": check(value, meant(argument), at: place, &faults)
    case "allOf": for part in argument.array ?? [] { check(value, part, at: place, &faults) }
    case "if":
      let next = accepts(value, argument) ? schema["then"] : schema["else"]
      if let next { check(value, next, at: place, &faults) }
    case "items", "prefixItems":
      let first = schema["prefixItems"]?.array ?? []
      for (index, item) in (value.array ?? []).enumerated() {
        if keyword == "prefixItems", index < first.count { check(item, first[index], at: "\(place)/\(index)", &faults) }
        if keyword == "items", index >= first.count { check(item, argument, at: "\(place)/\(index)", &faults) }
      }
    case "propertyNames": for member in value.object ?? [:] { check(.string(member.key), argument, at: place, &faults) }
    case "properties", "patternProperties", "additionalProperties":
      for member in value.object ?? [:] {
        for part in parts(member.key, keyword, argument, schema) {
          check(member.value, part, at: "\(place)/\(member.key)", &faults)
        }
      }
    default: return false
    }
    return true
  }

  /// The schemas that a keyword has for a member.
  private func parts(_ name: Text, _ keyword: String, _ argument: JSON, _ schema: JSONObject) -> [JSON] {
    let own = schema["properties"]?[name]
    let byPattern = (schema["patternProperties"]?.object ?? [:]).filter { matches(name.string, $0.key) }.map(\.value)
    switch keyword {
    case "properties": return own.map { [$0] } ?? []
    case "patternProperties": return byPattern
    default: return own == nil && byPattern.isEmpty ? [argument] : []
    }
  }

  /// What a reference points to (RFC 6901; no name here needs an escape).
  private func meant(_ reference: JSON) -> JSON {
    let steps = (reference.text?.string ?? "").dropFirst(2).split(separator: "/")
    return steps.reduce(Optional(root)) { $0?[Text(String($1))] } ?? false
  }

  // MARK: - Values

  private static func isOf(_ type: String, _ value: JSON) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
    case ("number", .int), ("number", .number), ("integer", .int): true
    case ("integer", .number): number(value).map { $0.rounded() == $0 && $0.isFinite } ?? false
    default: false
    }
  }

  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .int(let integer): Double(integer)
    case .number(let text): Double(text.string)
    default: nil
    }
  }

  private func matches(_ text: String, _ pattern: Text) -> Bool {
    // Here "$" would also match before a line feed at the end, which it does not in ECMA-262.
    let source = pattern.string
    let isWhole = source.hasPrefix("^(?:") && source.hasSuffix(")$")
    if expressions[pattern] == nil {
      guard let expression = try? Regex(isWhole ? String(source.dropFirst().dropLast()) : source) else { return false }
      expressions[pattern] = expression.matchingSemantics(.unicodeScalar)
    }
    guard let expression = expressions[pattern] else { return false }
    return isWhole ? text.wholeMatch(of: expression) != nil : text.firstMatch(of: expression) != nil
  }
}
