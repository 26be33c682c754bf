/// Elements by which two long sequences that differ much can be laid beside each other.
enum Anchors {
  /// The elements that occur once on each side, as many as stand in one order on both.
  static func common(
    _ old: [Int], _ left: Range<Int>, _ new: [Int], _ right: Range<Int>
  ) -> [(old: Int, new: Int)] {
    let places = singles(new, right)
    let candidates = singles(old, left).compactMap { element, place in
      places[element].map { (old: place, new: $0) }
    }.sorted { $0.old < $1.old }
    return longestRising(candidates)
  }

  private static func singles(_ sequence: [Int], _ range: Range<Int>) -> [Int: Int] {
    var places: [Int: Int] = [:]
    var repeated: Set<Int> = []
    for place in range where places.updateValue(place, forKey: sequence[place]) != nil {
      repeated.insert(sequence[place])
    }
    for element in repeated { places[element] = nil }
    return places
  }

  /// The longest part whose places rise on both sides (patience sorting).
  private static func longestRising(_ pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
    var tops: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].new < pairs[index].new { low = middle + 1 } else { high = middle }
      }
      before[index] = low > 0 ? tops[low - 1] : -1
      if low < tops.count { tops[low] = index } else { tops.append(index) }
    }
    var found: [(old: Int, new: Int)] = []
    var index = tops.last ?? -1
    while index >= 0 {
      found.append(pairs[index])
      index = before[index]
    }
    return found.reversed()
  }
}
