package import Crypto
package import HTTP
import JSON
package import Sync

/// Reads a long body of newline-delimited JSON part by part, so that no more of it than one part is in memory.
///
/// The same bytes always give the same parts, on which the keys of a request that is sent again rely.
package struct PostedLines {
  /// How much is taken at a time.
  package struct Sizes {
    /// Records in a part.
    package var records = PostedRecords.most
    /// Bytes of lines after which a part ends.
    package var part = 1024 * 1024
    /// Bytes of the longest line.
    package var line = Limits.stateBytes
    /// Bytes that are read from the body at a time.
    package var piece = 256 * 1024

    /// The sizes of a running hub.
    package init() {}
  }

  private enum Line {
    case whole([UInt8])
    case tooLong
  }

  private let body: any SpooledBody
  private let sizes: Sizes
  /// Where in the body the next piece begins.
  private var offset = 0
  private var piece: [UInt8] = []
  /// Where in the piece the next line begins.
  private var position = 0

  /// Reads this body from its beginning.
  package init(_ body: any SpooledBody, sizes: Sizes = Sizes()) { (self.body, self.sizes) = (body, sizes) }

  /// What there is to know of a body before its first record is taken: its hash, and how many records it has.
  package static func survey(
    _ body: any SpooledBody, sizes: Sizes = Sizes()
  ) throws(HubRefusal) -> (hash: Digest, records: Int) {
    var (hash, records, isBlank) = (SHA256(), 0, true)
    var lines = PostedLines(body, sizes: sizes)
    while try lines.readPiece() {
      hash.update(lines.piece)
      for byte in lines.piece {
        if byte == lineFeed {
          isBlank = true
        } else if isBlank, !PostedRecords.isBlank(byte) {
          isBlank = false
          records += 1
        }
      }
    }
    return (hash.finish(), records)
  }

  /// The records of the next part; empty at the end of the body.
  package mutating func next() throws(HubRefusal) -> [Result<PostedRecord, Rejection>] {
    var (records, bytes): ([Result<PostedRecord, Rejection>], Int) = ([], 0)
    while records.count < sizes.records, bytes < sizes.part, let line = try nextLine() {
      switch line {
      case .whole(let line):
        bytes += line.count
        if !line.allSatisfy(PostedRecords.isBlank) { records.append(PostedRecords.read(line: line[...])) }
      case .tooLong:
        bytes += sizes.line
        records.append(.failure(Rejection(.tooLarge, "a line has at most \(sizes.line) bytes")))
      }
    }
    return try records.isEmpty && bytes >= sizes.part ? next() : records
  }

  /// The next line without its end; of one that is too long no more is kept than a line may have.
  private mutating func nextLine() throws(HubRefusal) -> Line? {
    if position >= piece.count { guard try readPiece() else { return nil } }
    var (line, isTooLong): ([UInt8], Bool) = ([], false)
    while true {
      let end = piece[position...].firstIndex(of: Self.lineFeed) ?? piece.count
      if end - position > sizes.line - line.count { isTooLong = true }
      if !isTooLong { line += piece[position..<end] }
      position = end + 1
      var isOver = end < piece.count
      if !isOver { isOver = try !readPiece() }
      if isOver { return isTooLong ? .tooLong : .whole(line) }
    }
  }

  /// Reads the next piece of the body; false at its end.
  private mutating func readPiece() throws(HubRefusal) -> Bool {
    let wanted = min(sizes.piece, body.count - offset)
    guard wanted > 0 else { return false }
    guard let bytes = body.read(at: offset, count: wanted), bytes.count == wanted else {
      throw HubRefusal(.storageFailed, "the body could not be read back from the disk")
    }
    (piece, position) = (bytes, 0)
    offset += wanted
    return true
  }

  private static let lineFeed = UInt8(ascii: "\n")
}
