public import JSON

extension Operation {
  /// The operation as it stands in a change; an empty `over` is left out.
  var json: JSON {
    var object = JSONObject()
    switch self {
    case .put(let path, let value, let over):
      if !over.isEmpty { object["over"] = .array(over.map { .string($0.text) }) }
      object["put"] = path.json
      object["value"] = value
    case .drop(let path, let over):
      object["drop"] = path.json
      if !over.isEmpty { object["over"] = .array(over.map { .string($0.text) }) }
    case .erase:
      object["erase"] = true
    }
    return .object(object)
  }

  /// Reads one operation; throws the reason for which the whole change is refused.
  init(_ json: JSON) throws(Rejection) {
    guard let object = json.object else { throw Rejection(.badChange, "an operation is not an object") }
    if object.value("erase") == .bool(true), object.members.count == 1 {
      self = .erase
    } else if let path = object.value("put"), let value = object.value("value") {
      try Self.allow(2, in: object)
      guard value.isNested(atMost: Limits.valueDepth) else {
        throw Rejection(.badChange, "a value is nested deeper than \(Limits.valueDepth) levels")
      }
      self = .put(try Path(checking: path), value: value, over: try Self.names(object.value("over")))
    } else if let path = object.value("drop") {
      try Self.allow(1, in: object)
      self = .drop(try Path(checking: path), over: try Self.names(object.value("over")))
    } else {
      throw Rejection(.unknownOperation, "an operation is none of put, drop and erase")
    }
    try checkLife()
  }

  /// Refuses members that this version does not know: what they mean cannot be left out.
  private static func allow(_ count: Int, in object: JSONObject) throws(Rejection) {
    let known = count + (object.value("over") == nil ? 0 : 1)
    guard object.count > known else { return }
    throw Rejection(.unknownOperation, "an operation has a member that this version does not know")
  }

  private static func names(_ json: JSON?) throws(Rejection) -> [ChangeName] {
    guard let json else { return [] }
    guard let items = json.array, items.count <= Limits.overNames else {
      throw Rejection(.badChange, "'over' is not a list of at most \(Limits.overNames) names")
    }
    var names: [ChangeName] = []
    names.reserveCapacity(items.count)
    for item in items {
      guard let name = item.text.flatMap({ ChangeName($0) }) else {
        throw Rejection(.badChange, "'over' holds something that is not the name of a change")
      }
      names.append(name)
    }
    return names
  }

  private func checkLife() throws(Rejection) {
    switch self {
    case .put(.life, let value, _):
      if LifeValue(value) == nil { throw Rejection(.badChange, "the value at @life is neither alive nor a delete") }
    case .drop(.life, _):
      throw Rejection(.badChange, "@life can be written but not dropped")
    default: break
    }
  }
}

extension Path {
  /// The path as it travels: `["title"]` or `["areas","Mass Violence"]`.
  public var json: JSON { .array(key.map { [.string(field), .string($0)] } ?? [.string(field)]) }

  init(checking json: JSON) throws(Rejection) {
    guard let path = Path(json: json), path.isWellFormed else {
      throw Rejection(.badChange, "a path is not well-formed")
    }
    self = path
  }

  init?(json: JSON) {
    guard let parts = json.array, (1...2).contains(parts.count), let field = parts[0].text else { return nil }
    if parts.count == 1 {
      self.init(field)
    } else {
      guard let key = parts[1].text else { return nil }
      self.init(field, key)
    }
  }
}
