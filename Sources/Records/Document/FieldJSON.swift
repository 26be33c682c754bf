import JSON
import Sync

/// The values of one field as the member of a document, both ways.
enum FieldJSON {
  /// The member for what a record shows; `nil` if there is nothing.
  static func member(_ view: FieldView, _ field: Field) -> JSON? {
    if !field.isKeyed { return view.value().map { ordered($0, field.type) } }
    let keys = field.rule == .list ? view.itemKeys() : view.keys()
    if keys.isEmpty { return nil }
    return .array(keys.map { element($0, view.value($0) ?? .null, field) })
  }

  /// The member that says these elements; an item of a list may be without its key.
  static func member(_ elements: [FieldElement], _ field: Field) -> JSON {
    if !field.isKeyed { return elements.last.map { ordered($0.value, field.type) } ?? .null }
    return .array(
      elements.map { item in
        item.key.map { element($0, item.value, field) } ?? ordered(item.value, field.type)
      })
  }

  /// The elements that a member says; `null`, and nothing in other words, has none and clears the field.
  static func elements(_ member: JSON, _ field: Field) throws(FieldError) -> [FieldElement] {
    switch member {
    case .null: return []
    case .array(let array) where array.isEmpty: return []
    case .object(let object) where object.isEmpty: return []
    case .string("") where field.rule == .plain: return []
    default: break
    }
    if !field.isKeyed { return [(nil, cleaned(member, field.type))] }
    guard let array = member.array else { throw FieldError("\(field.name): it must be a list") }
    var elements: [FieldElement] = []
    for json in array {
      do {
        elements.append(try self.element(json, field))
      } catch {
        throw FieldError(error, field)
      }
    }
    return elements
  }

  // MARK: - Writing

  private static func element(_ key: Text, _ value: JSON, _ field: Field) -> JSON {
    switch (field.rule, field.type) {
    case (.list, let type):
      guard let object = ordered(value, type).object else { return ["key": .string(key), "value": value] }
      return .object(
        JSONObject([JSONMember(key: "key", value: .string(key))] + object.filter { $0.key != "key" }))
    case (.reference, .reference(let words)):
      guard let reference = ReferenceKey(key) else { return .string(key) }
      // Where a role is the rule, every reference is an object; elsewhere most have none and are the bare id.
      guard let role = reference.role else { return words.isOpen ? .string(key) : ["ref": .string(key)] }
      return ["ref": .string(reference.target.text), "role": .string(role)]
    case (_, .parts):
      return (try? JSON.parse(key.bytes)).map { ordered($0, field.type) } ?? .string(key)
    case (_, .keyed(let parts)):
      let main = JSONMember(key: mainName(of: parts[0], key), value: .string(key))
      let rest = ordered(value, field.type).object ?? [:]
      return .object(JSONObject([main] + rest.filter { $0.key != main.key }))
    default: return .string(key)
    }
  }

  /// A value with its parts in the order of the table, and what is no part after them.
  private static func ordered(_ value: JSON, _ type: ValueType) -> JSON {
    switch type {
    case .parts(let parts), .keyed(let parts): return ordered(value, parts.map(\.name))
    case .when: return ordered(value, ["start", "end", "zone"])
    case .authors:
      return value.array.map { .array($0.map { ordered($0, Author.parts.map(\.name)) }) } ?? value
    default: return value
    }
  }

  private static func ordered(_ value: JSON, _ names: [Text]) -> JSON {
    guard let object = value.object else { return value }
    let known = names.compactMap { name in object[name].map { JSONMember(key: name, value: $0) } }
    return .object(JSONObject(known + object.filter { !names.contains($0.key) }))
  }

  // MARK: - Reading

  private static func element(_ json: JSON, _ field: Field) throws(Violation) -> FieldElement {
    switch (field.rule, field.type) {
    case (.list, let type): return try item(json, type)
    case (.reference, let type): return try reference(json, type)
    case (_, .parts(let parts)):
      guard let object = cleaned(json, field.type).object, !object.isEmpty else {
        throw Violation(rule: field.type.requirement)
      }
      try checkNames(object, parts)
      return (TypedText.text(JSON.object(object).canonical()), true)
    case (_, .keyed(let parts)):
      guard var object = cleaned(json, field.type).object else {
        throw Violation(rule: field.type.requirement)
      }
      let name = object[parts[0].name] == nil ? alternative(to: parts[0]) : parts[0].name
      guard let name, let key = object[name]?.text else {
        throw Violation(rule: "given: " + parts[0].type.requirement, part: parts[0].name.string)
      }
      object[name] = nil
      return (key, .object(object))
    default:
      guard let text = json.text else { throw Violation(rule: field.type.requirement) }
      return (text, true)
    }
  }

  private static func item(_ json: JSON, _ type: ValueType) throws(Violation) -> FieldElement {
    guard var object = cleaned(json, type).object else { throw Violation(rule: type.requirement) }
    let key = object["key"]
    object["key"] = nil
    guard let key else { return (nil, .object(object)) }
    guard let text = key.text else { throw Violation(rule: "a text", part: "key") }
    return (text, .object(object))
  }

  private static func reference(_ json: JSON, _ type: ValueType) throws(Violation) -> FieldElement {
    if let text = json.text { return (text, true) }
    guard let object = json.object, let ref = object["ref"]?.text,
      object.allSatisfy({ $0.key == "ref" || $0.key == "role" })
    else { throw Violation(rule: "an object of 'ref' and 'role'") }
    guard let role = object["role"], role != .null else { return (ref, true) }
    guard let role = role.text else { throw Violation(rule: "a word", part: "role") }
    return (Text("\(ref)/\(role)"), true)
  }

  /// In an element that is its own key, a mistyped name would be there for ever.
  private static func checkNames(_ object: JSONObject, _ parts: [Part]) throws(Violation) {
    guard object.allSatisfy({ member in parts.contains { $0.name == member.key } }) else {
      throw Violation(rule: "given with the parts " + parts.map { "'\($0.name)'" }.joined(separator: ", "))
    }
  }

  /// A value without `null` parts, its lines ended by line feeds.
  private static func cleaned(_ value: JSON, _ type: ValueType) -> JSON {
    switch (value, type) {
    case (.string(let text), .lines): return .string(TypedText.text(text.bytes.withoutCarriageReturns))
    case (.object(let object), .parts(let parts)), (.object(let object), .keyed(let parts)):
      let members = object.filter { $0.value != .null }.map { member in
        let type = parts.first { $0.name == member.key }?.type
        return JSONMember(key: member.key, value: type.map { cleaned(member.value, $0) } ?? member.value)
      }
      return .object(JSONObject(members))
    case (.object(let object), .when):
      return .object(JSONObject(object.filter { $0.value != .null }))
    case (.array(let array), .authors):
      return .array(array.map { cleaned($0, .parts(Author.parts)) })
    default: return value
    }
  }

  /// What the key of an online service is called: `uri` if it is one, else `user`.
  private static func mainName(of part: Part, _ key: Text) -> Text {
    guard let other = alternative(to: part), Address.scheme(of: key) == nil else { return part.name }
    return other
  }

  static func alternative(to part: Part) -> Text? {
    if part.name == "uri", case .line = part.type { "user" } else { nil }
  }
}
