/// Keys that were read lately: the objects of an array mostly have the same ones, and a text that is shared
/// costs no allocation.
struct RecentKeys {
  private static let slotCount = 64
  private static let longest = 32

  /// A short text never has enough keys for the table to pay.
  private static let uncachedCount = 32

  private var slots: [Text] = []
  private var keyCount = 0

  /// The text of a key.
  mutating func text(of key: StringSpan, in bytes: Span<UInt8>) -> Text {
    guard !key.isEscaped, key.count > 0, key.count <= RecentKeys.longest else { return key.text(in: bytes) }
    keyCount += 1
    guard keyCount > RecentKeys.uncachedCount else { return key.text(in: bytes) }
    if slots.isEmpty { slots = Array(repeating: Text(validated: []), count: RecentKeys.slotCount) }
    let slot = RecentKeys.slot(first: bytes[key.start], last: bytes[key.end - 1], count: key.count)
    let known = slots[slot]
    if ByteOrder.equal(known.bytes.span, bytes.extracting(key.start..<key.end)) { return known }
    let text = key.text(in: bytes)
    slots[slot] = text
    return text
  }

  /// Two keys that share a slot only displace each other.
  private static func slot(first: UInt8, last: UInt8, count: Int) -> Int {
    (Int(first) &* 5 &+ Int(last) &* 3 &+ count) % slotCount
  }
}
