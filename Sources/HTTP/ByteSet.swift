/// A set of ASCII bytes as 128 bits, bit n for byte n.
///
/// Spelled out as constants, since they are asked for every byte of a head; a test derives them from the
/// grammar.
struct ByteSet: Sendable {
  let low: UInt64
  let high: UInt64

  func contains(_ byte: UInt8) -> Bool {
    guard byte < 128 else { return false }
    return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
  }

  /// Letters, digits and ``!#$%&'*+-.^_`|~`` (tchar, RFC 9110 §5.6.2).
  static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

  /// Letters, digits and `-._~!$&'()*+,;=:@/?%` (RFC 3986 §3.3 and §3.4).
  static var pathOrQuery: ByteSet { ByteSet(low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }

  /// Letters, digits and `-._~`.
  static var hostName: ByteSet { ByteSet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
}
