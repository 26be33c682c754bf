import Crypto
import HTTP
import JSON
import Sync

/// Reads a long body of newline-delimited JSON part by part, so that no more of it than one part is in memory.
///
/// The same bytes always give the same parts, on which the keys of a request that is sent again rely.
struct PostedLines {
  /// Bytes after which a part ends.
  private static let partBytes = 1024 * 1024
  private let body: any SpooledBody
  /// Where in the body the bytes begin that were not looked at yet.
  private var offset = 0
  /// Bytes that were read and belong to the next part.
  private var held: [UInt8] = []

  init(_ body: any SpooledBody) { self.body = body }

  /// What there is to know of a body before its first record is taken: its hash, and how many records it has.
  static func survey(_ body: any SpooledBody) throws(HubRefusal) -> (hash: Digest, records: Int) {
    var (hash, records, offset, isBlank) = (SHA256(), 0, 0, true)
    while offset < body.count {
      let bytes = try read(body, at: offset)
      hash.update(bytes)
      offset += bytes.count
      for byte in bytes {
        if byte == lineFeed {
          isBlank = true
        } else if isBlank, !isSpace(byte) {
          isBlank = false
          records += 1
        }
      }
    }
    return (hash.finish(), records)
  }

  /// The records of the next part; empty at the end of the body.
  mutating func next() throws(HubRefusal) -> [Result<PostedRecord, Rejection>] {
    while true {
      let part = try nextPart()
      if part.isEmpty { return [] }
      let records = try part.count > Limits.stateBytes ? [Self.tooLong] : PostedRecords.read(lines: part)
      if !records.isEmpty { return records }
    }
  }

  private static let tooLong = Result<PostedRecord, Rejection>.failure(
    Rejection(.tooLarge, "a line has at most \(Limits.stateBytes) bytes"))

  /// Whole lines: as many as make a part, or a single one that is longer than any record may be, cut short.
  private mutating func nextPart() throws(HubRefusal) -> [UInt8] {
    var (end, lines, seen) = (0, 0, 0)
    while true {
      while seen < held.count, lines < PostedRecords.most, end < Self.partBytes {
        if held[seen] == Self.lineFeed { (end, lines) = (seen + 1, lines + 1) }
        seen += 1
      }
      let isFull = lines == PostedRecords.most || end >= Self.partBytes || end > 0 && held.count > Self.partBytes
      if isFull { return cut(end) }
      if held.count > Limits.stateBytes { return try cutLongLine() }
      guard offset < body.count else { return cut(held.count) }
      held += try Self.read(body, at: offset)
      offset = min(body.count, offset + Self.pieceBytes)
    }
  }

  private mutating func cut(_ end: Int) -> [UInt8] {
    let part = Array(held[..<end])
    held.removeFirst(end)
    return part
  }

  /// Reads past the end of a line that no record can need.
  private mutating func cutLongLine() throws(HubRefusal) -> [UInt8] {
    let start = held
    while true {
      if let end = held.firstIndex(of: Self.lineFeed) {
        held.removeFirst(end + 1)
        return start
      }
      held = []
      guard offset < body.count else { return start }
      held = try Self.read(body, at: offset)
      offset = min(body.count, offset + Self.pieceBytes)
    }
  }

  private static let pieceBytes = 256 * 1024
  private static let lineFeed = UInt8(ascii: "\n")

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func read(_ body: any SpooledBody, at offset: Int) throws(HubRefusal) -> [UInt8] {
    let wanted = min(pieceBytes, body.count - offset)
    guard let bytes = body.read(at: offset, count: pieceBytes), bytes.count == wanted else {
      throw HubRefusal(.storageFailed, "the body could not be read back from the disk")
    }
    return bytes
  }
}
