/// What shows of stored canonical bytes without reading them: how they begin and end, and that no byte is none of JSON.
///
/// A hub passes on what it stored as it stands; to read or to hash all of it again would cost about as much as all else
/// about sending it. What is cut off, empty, another record's or full of zeros is found out by this; a letter that turned
/// into another is not: that is for the digest, and for the hub's own verification.
public enum StoredOutline {
  /// Whether bytes look like the canonical bytes of a record's state (Protocol/README.md, 4.8).
  public static func isState(_ bytes: Span<UInt8>, of record: RecordID) -> Bool {
    let tail = 36 + close.count
    guard stateOpenings.contains(where: { stands($0, in: bytes, at: 0) }), bytes.count > tail + beforeRecord.count,
      stands(beforeRecord, in: bytes, at: bytes.count - tail - beforeRecord.count),
      stands(close, in: bytes, at: bytes.count - close.count)
    else { return false }
    let id = bytes.extracting(bytes.count - tail..<bytes.count - close.count)
    return RecordID(utf8: id) == record && hasNoControls(bytes)
  }

  /// Whether bytes look like the canonical bytes of a change; members of any name may stand at its ends.
  public static func isChange(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= shortestChange && stands(open, in: bytes, at: 0)
      && stands(closeOne, in: bytes, at: bytes.count - closeOne.count) && hasNoControls(bytes)
  }

  private static let stateOpenings = [#"{"cells":["#, #"{"erased":true,"#, #"{"awaited":[["#].map { Array($0.utf8) }
  private static let beforeRecord = Array(#","record":""#.utf8)
  private static let close = Array(#""}"#.utf8)
  private static let (open, closeOne) = (Array("{".utf8), Array("}".utf8))
  /// What every change names, a record and a replica among it, takes more than this.
  private static let shortestChange = 100

  private static func stands(_ piece: [UInt8], in bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start + piece.count <= bytes.count else { return false }
    for index in piece.indices where bytes[start + index] != piece[index] { return false }
    return true
  }

  /// Whether there is none of the bytes that canonical JSON escapes (3.3).
  ///
  /// A loop that ended early would be no faster: this one runs over many bytes at a time.
  private static func hasNoControls(_ bytes: Span<UInt8>) -> Bool {
    var least = UInt8.max
    for index in bytes.indices { least = min(least, bytes[index]) }
    return least >= 0x20
  }
}
