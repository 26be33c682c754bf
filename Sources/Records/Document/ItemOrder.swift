import JSON

/// Puts the items of a list into a wanted order with as few new positions as possible.
struct ItemOrder {
  /// An item in the wanted order, with the position that it has.
  struct Item {
    let key: Text
    let position: Text?
    /// Whether the item is new, so that it needs a position.
    let isNew: Bool
  }

  /// The order in which items are shown.
  static func precedes(_ a: (position: Text?, key: Text), _ b: (position: Text?, key: Text)) -> Bool {
    switch (a.position, b.position) {
    case (let x?, let y?): x == y ? a.key < b.key : x < y
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): a.key < b.key
    }
  }

  private let items: [Item]
  private var keeps: [Bool]

  private init(_ items: [Item]) {
    self.items = items
    keeps = Self.longestRun(items)
    // An item without a position comes last, so it cannot stand before one that gets a position.
    if let last = keeps.lastIndex(of: false) {
      for index in items.indices where index < last && items[index].position == nil { keeps[index] = false }
    }
  }

  /// The new positions that make items stand in this order.
  static func positions(for items: [Item]) -> [(key: Text, position: Text)] {
    var order = ItemOrder(items)
    return order.assign()
  }

  private mutating func assign() -> [(key: Text, position: Text)] {
    var assigned: [(key: Text, position: Text)] = []
    var previous: Text?
    for index in items.indices {
      if keeps[index] {
        previous = items[index].position ?? previous
        continue
      }
      let position = Position.between(previous, next(after: index, above: previous))
      assigned.append((items[index].key, position))
      previous = position
    }
    return assigned
  }

  /// The position of the next item that stays; one that leaves no room, because two items share it, moves
  /// too.
  private mutating func next(after index: Int, above previous: Text?) -> Text? {
    for later in items.indices[(index + 1)...] where keeps[later] {
      guard let position = items[later].position else { return nil }
      if previous.map({ $0 < position }) ?? true, Position.isValid(position) { return position }
      keeps[later] = false
    }
    return nil
  }

  /// Marks a longest run of items that stand in the wanted order already.
  private static func longestRun(_ items: [Item]) -> [Bool] {
    var lengths: [Int] = []
    var before: [Int?] = []
    for (index, item) in items.enumerated() {
      var best = 0
      var link: Int?
      for earlier in 0..<index where lengths[earlier] > best && !items[earlier].isNew {
        let other = items[earlier]
        guard precedes((other.position, other.key), (item.position, item.key)) else { continue }
        best = lengths[earlier]
        link = earlier
      }
      lengths.append(item.isNew ? 0 : best + 1)
      before.append(link)
    }
    var keeps = items.map { _ in false }
    var index = lengths.indices.max { lengths[$0] < lengths[$1] }
    while let kept = index, lengths[kept] > 0 {
      keeps[kept] = true
      index = before[kept]
    }
    return keeps
  }
}
