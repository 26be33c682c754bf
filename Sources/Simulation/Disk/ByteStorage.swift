import Glibc

/// Bytes in one piece of memory that grows and shrinks, without any check on the way.
///
/// An array would do the same; this is what makes a read or a write of the simulated disk a plain copy.
struct ByteStorage: ~Copyable {
  private var memory: UnsafeMutableRawPointer?
  private var capacity = 0
  /// How many bytes there are.
  private(set) var count = 0

  init() {}

  init(_ bytes: [UInt8]) {
    // With room for what will be written behind them: to grow means to copy.
    if !bytes.isEmpty { reserve(bytes.count + 65_536) }
    bytes.withUnsafeBytes { append($0.baseAddress, count: $0.count) }
  }

  deinit {
    free(memory)
  }

  /// The address of a byte; only good until the next growth.
  func address(_ offset: Int) -> UnsafeMutableRawPointer {
    guard let memory else { preconditionFailure("there are no bytes") }
    return memory + offset
  }

  /// A copy of all bytes.
  var bytes: [UInt8] {
    guard let memory else { return [] }
    return Array(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Cuts the end off, or adds zeros.
  mutating func resize(to size: Int) {
    if size > count {
      reserve(size)
      memset(address(count), 0, size - count)
    }
    count = size
  }

  /// Writes over what is there and beyond; a gap before it becomes zeros.
  mutating func write(_ source: UnsafeRawPointer, count length: Int, at offset: Int) {
    guard length > 0 else { return }
    if offset > count { resize(to: offset) }
    if offset + length > count {
      reserve(offset + length)
      count = offset + length
    }
    memcpy(address(offset), source, length)
  }

  /// Adds bytes at the end.
  mutating func append(_ source: UnsafeRawPointer?, count length: Int) {
    guard let source else { return }
    write(source, count: length, at: count)
  }

  private mutating func reserve(_ size: Int) {
    guard size > capacity else { return }
    let wanted = max(size, capacity * 2, 4096)
    guard let moved = realloc(memory, wanted) else { preconditionFailure("out of memory") }
    memory = moved
    capacity = wanted
  }
}
