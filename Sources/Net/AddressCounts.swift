/// How many connections each address has, of those that are counted.
struct AddressCounts {
  private let limit: Int
  private var counts: [AddressBlock: Int] = [:]

  /// At most so many for each; 0 for no limit.
  init(limit: Int) { self.limit = limit }

  /// Counts one more, if there may be one.
  mutating func admit(_ block: AddressBlock) -> Bool {
    let count = counts[block, default: 0]
    guard limit <= 0 || count < limit else { return false }
    counts[block] = count + 1
    return true
  }

  /// Counts one less; addresses that have none left take no memory.
  mutating func release(_ block: AddressBlock) {
    guard let count = counts[block] else { return }
    counts[block] = count > 1 ? count - 1 : nil
  }
}
