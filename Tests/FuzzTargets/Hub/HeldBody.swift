import HTTP

/// A body in memory that is read like one that is not.
final class HeldBody: SpooledBody {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func append(_ bytes: [UInt8]) -> Bool { false }

  func read(at offset: Int, count: Int) -> [UInt8]? { Array(bytes.dropFirst(offset).prefix(count)) }
}
