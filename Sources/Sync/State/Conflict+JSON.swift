public import JSON

extension Conflict {
  /// The conflict as people and programs see it: both values, who wrote them and when.
  public var json: JSON {
    switch self {
    case .values(let path, let cells):
      return ["at": path.json, "what": "values", "values": .array(cells.map(Self.json))]
    case .life(let deletes, let others):
      return [
        "at": Path.life.json, "what": "deleted-and-edited", "deletes": .array(deletes.map(Self.author)),
        "others": .array(others.map { cell in Self.json(cell) }),
      ]
    }
  }

  private static func json(_ cell: Cell) -> JSON {
    var object = authorship(cell)
    object["at"] = cell.path.json
    object["value"] = cell.value
    return .object(object)
  }

  private static func author(_ cell: Cell) -> JSON { .object(authorship(cell)) }

  private static func authorship(_ cell: Cell) -> JSONObject {
    [
      "change": .string(cell.name.text), "replica": .string(cell.name.replica.text),
      "member": .string(cell.name.replica.member.text), "time": .int(cell.time),
    ]
  }
}
