import Net

/// How many connections a bench can hold: each end of one takes a descriptor of its own process.
enum DescriptorBudget {
  /// What a hub allows at once.
  private static let most = 16_000
  /// What a process has open besides.
  private static let others = 200

  /// Raises this process's limit, and returns as many as are wanted or as the limit allows, and says so.
  static func connections(wanted: Int, _ sheet: Sheet) -> Int {
    let limit = DescriptorLimit.raise()
    let count = min(wanted, Self.most, limit - Self.others)
    if count < wanted { sheet.note("\(count) connections, not \(wanted): a process may open \(limit) files here") }
    return count
  }
}
