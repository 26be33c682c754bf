extension SplitMix64 {
  /// Bytes with one to three small injuries: a byte changed, lost, doubled, a stretch cut out or copied elsewhere.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...below(3) where !result.isEmpty {
      let index = below(result.count)
      switch below(6) {
      case 0: result[index] = UInt8(truncatingIfNeeded: next())
      case 1: result.remove(at: index)
      case 2: result.insert(pick(Array("{}[]\",:0123456789-\\eu ".utf8)), at: index)
      case 3: result[index] = pick(Array("{}[]\",:09-+.eE\\unatrf".utf8))
      case 4: result.removeSubrange(index..<min(result.count, index + 1 + below(12)))
      default:
        result.insert(
          contentsOf: result[index..<min(result.count, index + 1 + below(20))], at: below(result.count))
      }
    }
    return result
  }
}
