import JSON

/// The schemas of a field: as the member of a document, and in changes.
extension Field {
  /// The schema of the field's member in a document.
  func member(_ use: SchemaUse) -> JSON {
    let schema = Schema.noted(isKeyed ? list(use) : type.schema(use), "\(label): \(help)")
    guard use == .written, presence != .required else { return schema }
    // Nothing in any form clears: null, an empty list or object, and an empty text where the field is one text.
    let nothing: [JSON] = ["null", "array", "object"] + (rule == .plain ? ["string"] : [])
    return Schema.any(
      schema, ["type": .array(nothing), "maxLength": 0, "maxItems": 0, "maxProperties": 0, "items": [:]])
  }

  /// A record may hold more elements than one change may put, where several added some.
  private func list(_ use: SchemaUse) -> JSON {
    Schema.list(element(use), use == .written ? 0...maximumElements : nil)
  }

  private func element(_ use: SchemaUse) -> JSON {
    switch (rule, type) {
    case (.reference, .reference(let words)): reference(words, use)
    case (.list, .parts(let parts)):
      use == .written
        ? ValueType.schema(parts, use, ["key": Schema.text(Patterns.itemKey)])
        : ValueType.schema([Part("key", .line(TextLimit(64)), isRequired: true)] + parts, use)
    case (_, .keyed(let parts)): keyed(parts, use)
    default: type.schema(use)
    }
  }

  private func reference(_ words: Words, _ use: SchemaUse) -> JSON {
    let role = ValueType.word(words).schema(use)
    let object = Schema.object(
      ["ref": Schema.text(Patterns.record)], optional: ["role": use == .written ? Schema.orNull(role) : role],
      others: false)
    switch (use, words.isOpen) {
    case (.written, _): return Schema.any(Schema.text(Patterns.reference(words)), object)
    case (.stored, true): return Schema.any(Schema.text(Patterns.record), object)
    case (.stored, false): return object
    }
  }

  /// The first part is the key; an online service's is called `user` where it is no URI.
  private func keyed(_ parts: [Part], _ use: SchemaUse) -> JSON {
    let (main, rest) = (parts[0], Array(parts.dropFirst()))
    guard let other = FieldJSON.alternative(to: main) else {
      return ValueType.schema([Part(main.name, main.type, isRequired: true)] + rest, use)
    }
    let (key, text): (JSON, JSON) = (main.type.schema(use), ["type": "string"])
    let absent: JSON = use == .written ? ["type": "null"] : Schema.nothing
    let member = use == .written ? Schema.orNull(key) : key
    return Schema.with(
      ValueType.schema(rest, use, [main.name: member, other: member]),
      [
        "anyOf": [
          Schema.object([main.name: text], optional: [other: absent]),
          Schema.object([other: text], optional: [main.name: absent]),
        ]
      ])
  }

  /// The schemas of the operations at this field: what a put or a drop at its paths must keep to.
  var operation: JSON {
    let name: JSON = ["const": .string(self.name)]
    let (path, value) = isKeyed ? (Schema.tuple(name, key), keyedValue) : (Schema.tuple(name), plainValue)
    let put: JSON = ["properties": ["put": path, "value": value]]
    let drop: JSON =
      isKeyed
      ? ["properties": ["drop": Schema.tuple(name, ["type": "string"])]] : ["properties": ["drop": Schema.nothing]]
    return ["if": Self.at(name, "put"), "then": put, "else": ["if": Self.at(name, "drop"), "then": drop]]
  }

  /// The schema of a put at the position of a list's item.
  var positionOperation: JSON {
    let name: JSON = ["const": .string(positionName)]
    let put: JSON = [
      "properties": [
        "put": Schema.tuple(name, Schema.text(Patterns.itemKey)),
        "value": Schema.text(Patterns.position, 1...Position.longest),
      ]
    ]
    return ["if": Self.at(name, "put"), "then": put]
  }

  /// The name under which positions of this field's items stand; only lists have any.
  var positionName: Text { Text("\(name)@position") }

  /// An operation of a word whose path begins with a name.
  static func at(_ name: JSON, _ word: Text) -> JSON {
    ["required": [.string(word)], "properties": .object([word: ["prefixItems": [name]]])]
  }

  private var plainValue: JSON { isRequired ? type.schema(.stored) : Schema.orNull(type.schema(.stored)) }

  private var keyedValue: JSON {
    switch (rule, type) {
    case (.list, _), (_, .keyed): type.schema(.stored)
    default: ["const": true]
    }
  }

  private var key: JSON {
    switch (rule, type) {
    case (.list, _): Schema.text(Patterns.itemKey)
    case (_, .keyed(let parts)): parts[0].type.schema(.stored)
    case (_, .parts):
      Schema.with(
        Schema.text(#"\{".*\}"#),
        ["contentMediaType": "application/json", "contentSchema": type.schema(.stored)])
    default: type.schema(.stored)
    }
  }
}
