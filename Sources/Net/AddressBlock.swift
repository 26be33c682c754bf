/// What is counted as one address: one of IPv4, or the 64 bits of an IPv6 address that name a network.
///
/// Whoever has one IPv6 address has 2^64 of them: the rest is his own to choose (RFC 4291 §2.5.1).
struct AddressBlock: Hashable {
  private let isIPv4: Bool
  private let bits: UInt64

  /// An address of four bytes, or of sixteen.
  init?(_ address: some Collection<UInt8>) {
    guard address.count == 4 || address.count == 16 else { return nil }
    isIPv4 = address.count == 4
    bits = address.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
