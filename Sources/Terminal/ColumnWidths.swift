/// Decides how wide the columns of a table are on a terminal.
enum ColumnWidths {
  /// The widths; a column that does not fit any more has 0.
  ///
  /// Gaps and widths together stay within `total`.
  static func fit(_ columns: [Table.Column], natural: [Int], gap: Int, into total: Int?) -> [Int] {
    guard let total else { return natural }
    let room = max(0, total - gap * max(0, columns.count - 1))
    var widths = natural
    if sum(widths) > room {
      let flexible = columns.indices.filter { columns[$0].weight > 0 }
      shrink(flexible, &widths, columns, to: room)
    }
    if sum(widths) > room {
      widths = natural
      shrink(Array(columns.indices), &widths, columns, to: room)
    }
    return cut(widths, gap: gap, at: total)
  }

  private static func sum(_ widths: [Int]) -> Int { widths.reduce(0, +) }

  /// Shares out by weight what the other columns leave; nobody gets more than natural or less than minimum.
  private static func shrink(
    _ indices: [Int], _ widths: inout [Int], _ columns: [Table.Column], to room: Int
  ) {
    var open = indices
    let natural = widths
    func minimum(_ index: Int) -> Int { min(columns[index].minimum, natural[index]) }
    while !open.isEmpty {
      let left = max(0, room - widths.indices.filter { !open.contains($0) }.reduce(0) { $0 + widths[$1] })
      let weights = open.reduce(0) { $0 + max(1, columns[$1].weight) }
      func share(_ index: Int) -> Int { left * max(1, columns[index].weight) / weights }
      let modest = open.filter { natural[$0] <= share($0) }
      let pressed = open.filter { minimum($0) >= share($0) }
      for index in pressed { widths[index] = minimum(index) }
      for index in modest { widths[index] = natural[index] }
      if modest.isEmpty, pressed.isEmpty {
        for index in open { widths[index] = share(index) }
        widths[open[0]] += left - open.reduce(0) { $0 + share($1) }
        return
      }
      open.removeAll { modest.isEmpty ? pressed.contains($0) : modest.contains($0) }
    }
  }

  /// Cuts the columns at the right edge, for terminals narrower than all minimums together.
  private static func cut(_ widths: [Int], gap: Int, at total: Int) -> [Int] {
    var used = 0
    return widths.map { width in
      let start = used == 0 ? 0 : used + gap
      let fitting = max(0, min(width, total - start))
      if fitting > 0 { used = start + fitting }
      return fitting
    }
  }
}
