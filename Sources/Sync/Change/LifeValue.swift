public import JSON

/// What stands at `@life`: a restore, or a delete with the list of cells that it saw.
public enum LifeValue: Hashable, Sendable {
  /// The record was restored.
  case alive
  /// The record was deleted by someone who saw these cells, and no others.
  case deleted([Path: Set<ChangeName>])

  /// Reads a value; `nil` if it is neither.
  public init?(_ json: JSON) {
    if json == .string("alive") {
      self = .alive
      return
    }
    guard let object = json.object, object.members.count == 1, let list = object["deleted"]?.object else { return nil }
    var seen: [Path: Set<ChangeName>] = [:]
    for member in list.members {
      guard let name = ChangeName(member.key), let paths = member.value.array else { return nil }
      for item in paths {
        guard let path = Path(json: item), path.isWellFormed else { return nil }
        seen[path, default: []].insert(name)
      }
    }
    self = .deleted(seen)
  }

  /// The value as it travels: `"alive"`, or `{"deleted":{name:[path…]}}`.
  public var json: JSON {
    guard case .deleted(let seen) = self else { return .string("alive") }
    var byName: [ChangeName: [Path]] = [:]
    for (path, names) in seen {
      for name in names { byName[name, default: []].append(path) }
    }
    let members = byName.sorted { $0.key.text < $1.key.text }.map { name, paths in
      JSONMember(key: name.text, value: .array(paths.sorted().map(\.json)))
    }
    return .object(["deleted": .object(JSONObject(members))])
  }
}
