/// Secrets that nobody can guess, as text.
public enum RandomToken {
  /// A token of so many random bytes in ``Base32``: 32 bytes give 52 characters.
  ///
  /// The generator must be a cryptographic one, as `SystemRandomNumberGenerator` is, wherever the token is a
  /// secret.
  @inlinable
  public static func make(bytes count: Int = 32, using generator: inout some RandomNumberGenerator) -> String {
    precondition(count >= 0, "a token cannot have a negative length")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var word: UInt64 = 0
    for index in 0..<count {
      word = index.isMultiple(of: 8) ? generator.next() : word >> 8
      bytes.append(UInt8(truncatingIfNeeded: word))
    }
    return Base32.encode(bytes)
  }

  /// A token of so many bytes that a source of randomness gives.
  public static func make(bytes count: Int = 32, from source: (Int) -> [UInt8]) -> String {
    let bytes = source(count)
    precondition(bytes.count == count, "the source must give as many bytes as it is asked for")
    return Base32.encode(bytes)
  }
}
