/// Bytes as text that survives being read aloud and typed: Crockford's alphabet, which has no i, l, o and u.
public enum Base32 {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// Five bits a character, the first bit highest; the last character is filled up with zero bits, nothing is
  /// padded.
  public static func encode(_ bytes: [UInt8]) -> String {
    var characters: [UInt8] = []
    characters.reserveCapacity((bytes.count * 8 + 4) / 5)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        characters.append(alphabet[Int(bits >> count) & 31])
      }
    }
    if count > 0 { characters.append(alphabet[Int(bits << (5 - count)) & 31]) }
    return String(decoding: characters, as: UTF8.self)
  }
}
