/// Measurements in their order.
struct Quantiles {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var first: Double { sorted.first ?? 0 }
  var last: Double { sorted.last ?? 0 }
  var median: Double { at(0.5) }

  /// The smallest value that so great a part of them does not exceed.
  func at(_ part: Double) -> Double {
    let rank = Int((part * Double(sorted.count)).rounded(.up))
    return sorted.isEmpty ? 0 : sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
