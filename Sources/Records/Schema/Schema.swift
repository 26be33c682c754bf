package import JSON

/// JSON Schemas (draft 2020-12) from a few words.
///
/// References name a schema of the hub's contract as OpenAPI does; who writes files of single schemas changes them.
package enum Schema {
  /// What a reference to a schema begins with.
  package static let place = "#/components/schemas/"
  /// The greatest number that every JSON library carries exactly, both ways.
  package static let integers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991

  /// What nothing keeps to, spelled so that generators of clients understand it.
  package static let nothing: JSON = ["not": [:]]

  /// A schema that stands elsewhere.
  package static func ref(_ name: String) -> JSON { ["$ref": .string(Text(place + name))] }

  /// A text, by a pattern that holds for the whole of it, and how many Unicode scalars it has.
  package static func text(_ pattern: String? = nil, _ length: ClosedRange<Int>? = nil) -> JSON {
    var schema: JSONObject = ["type": "string"]
    if let length {
      if length.lowerBound > 0 { schema["minLength"] = .int(Int64(length.lowerBound)) }
      schema["maxLength"] = .int(Int64(length.upperBound))
    }
    if let pattern { schema["pattern"] = .string(Text("^(?:\(pattern))$")) }
    return .object(schema)
  }

  /// An integer in a range.
  package static func integer(_ range: ClosedRange<Int64> = integers) -> JSON {
    ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
  }

  /// One of some words.
  package static func words(_ words: [Text]) -> JSON {
    ["type": "string", "enum": .array(words.map { .string($0) })]
  }

  /// A list.
  package static func list(_ items: JSON, _ count: ClosedRange<Int>? = nil) -> JSON {
    var schema: JSONObject = ["type": "array", "items": items]
    if let count {
      if count.lowerBound > 0 { schema["minItems"] = .int(Int64(count.lowerBound)) }
      schema["maxItems"] = .int(Int64(count.upperBound))
    }
    return .object(schema)
  }

  /// A list of so many items, each with a schema of its own.
  package static func tuple(_ items: JSON...) -> JSON {
    let count = JSON.int(Int64(items.count))
    return ["type": "array", "prefixItems": .array(items), "minItems": count, "maxItems": count]
  }

  /// An object with members that must and members that may be there.
  ///
  /// - Parameters:
  ///   - required: members that must be there.
  ///   - optional: members that may be there.
  ///   - others: the schema of all other members; `nil` lets anything stand there, `false` nothing.
  package static func object(_ required: JSONObject, optional: JSONObject = [:], others: JSON? = nil) -> JSON {
    var schema: JSONObject = ["type": "object"]
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0.key) }) }
    schema["properties"] = .object(JSONObject(required.members + optional.members))
    if let others { schema["additionalProperties"] = others }
    return .object(schema)
  }

  /// What keeps to at least one of some schemas.
  package static func any(_ schemas: JSON...) -> JSON { ["anyOf": .array(schemas)] }

  /// A schema with more said of it.
  package static func with(_ schema: JSON, _ more: JSONObject) -> JSON {
    var object = schema.object ?? [:]
    for member in more { object[member.key] = member.value }
    return .object(object)
  }

  /// A schema with a sentence for people.
  package static func noted(_ schema: JSON, _ description: String) -> JSON {
    with(schema, ["description": .string(Text(description))])
  }

  /// What keeps to a schema, or is `null`.
  package static func orNull(_ schema: JSON) -> JSON { any(schema, ["type": "null"]) }
}
