/// Keyed hashes (RFC 2104).
public enum HMAC {
  /// HMAC-SHA-256 of a message; compare it with ``constantTimeEqual(_:_:)``.
  public static func sha256(key: [UInt8], message: [UInt8]) -> Digest {
    var block = key.count > SHA256.blockSize ? SHA256.hash(key).bytes : key
    block.append(contentsOf: repeatElement(0, count: SHA256.blockSize - block.count))
    var hash = SHA256()
    hash.update(block.map { $0 ^ 0x36 })
    hash.update(message)
    let inner = hash.finish()
    hash.update(block.map { $0 ^ 0x5C })
    hash.update(inner.bytes)
    return hash.finish()
  }
}
