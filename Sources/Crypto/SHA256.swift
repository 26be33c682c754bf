/// SHA-256 (FIPS 180-4), for input that comes in any pieces.
///
/// ```swift
/// var hash = SHA256()
/// hash.update(head)
/// hash.update(body)
/// let digest = hash.finish()
/// ```
public struct SHA256: Sendable {
  /// The bytes of a block.
  static let blockSize = 64

  private var state = SHA256State()
  /// The input's last bytes, which do not fill a block yet.
  private var rest = InlineArray<64, UInt8>(repeating: 0)
  private var restCount = 0
  /// The length so far; SHA-256 is defined for less than 2^61 bytes.
  private var count: UInt64 = 0

  /// Starts with no input.
  public init() {}

  /// The hash of bytes that are at hand.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes.span.bytes)
    return hash.finish()
  }

  /// The hash of a slice that is at hand.
  public static func hash(_ bytes: ArraySlice<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes.span.bytes)
    return hash.finish()
  }

  /// Takes more input.
  public mutating func update(_ bytes: [UInt8]) {
    update(bytes.span.bytes)
  }

  /// Takes more input.
  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    update(bytes.span.bytes)
  }

  /// Takes more input.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    update(bytes.bytes)
  }

  /// Gives the hash of all input, and starts anew.
  public mutating func finish() -> Digest {
    let bits = count &* 8
    // The padding (section 5.1.1): a one bit, then zeros up to the last eight bytes of a block, which are the
    // length.
    rest[restCount] = 0x80
    restCount += 1
    if restCount > SHA256.blockSize - 8 {
      padRest(to: SHA256.blockSize)
      state.take(rest.span.bytes, from: 0, blocks: 1)
      restCount = 0
    }
    padRest(to: SHA256.blockSize - 8)
    for index in 0..<8 {
      rest[SHA256.blockSize - 8 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - index * 8))
    }
    state.take(rest.span.bytes, from: 0, blocks: 1)
    let digest = state.digest
    self = SHA256()
    return digest
  }

  /// Whole blocks are read where they are; only what fills no block is copied.
  private mutating func update(_ bytes: RawSpan) {
    count &+= UInt64(bytes.byteCount)
    var offset = 0
    if restCount > 0 {
      offset = min(SHA256.blockSize - restCount, bytes.byteCount)
      keep(bytes, from: 0, count: offset)
      guard restCount == SHA256.blockSize else { return }
      state.take(rest.span.bytes, from: 0, blocks: 1)
      restCount = 0
    }
    let blocks = (bytes.byteCount - offset) / SHA256.blockSize
    state.take(bytes, from: offset, blocks: blocks)
    offset += blocks * SHA256.blockSize
    keep(bytes, from: offset, count: bytes.byteCount - offset)
  }

  private mutating func keep(_ bytes: RawSpan, from offset: Int, count: Int) {
    for index in 0..<count {
      rest[restCount + index] = bytes.unsafeLoad(fromByteOffset: offset + index, as: UInt8.self)
    }
    restCount += count
  }

  private mutating func padRest(to end: Int) {
    for index in restCount..<end { rest[index] = 0 }
  }
}
