public import Crypto
public import JSON

/// Writes entries of the feed from stored bytes, without decoding them.
public struct FeedWriter: Sendable {
  /// The entries so far, each followed by nothing and preceded by a comma but the first.
  public private(set) var bytes: [UInt8] = []
  /// How many entries were written.
  public private(set) var count = 0

  /// An empty page.
  public init() {}

  /// Adds a change as its canonical bytes.
  public mutating func change(seq: Int64, time: Int64, _ stored: UnsafeRawBufferPointer) {
    begin(seq, time, "change")
    bytes.append(contentsOf: stored)
    end()
  }

  /// Adds a record's state as its canonical bytes.
  public mutating func state(seq: Int64, time: Int64, _ stored: [UInt8]) {
    begin(seq, time, "state")
    bytes.append(contentsOf: stored)
    end()
  }

  /// Adds a stub for one of the reader's own changes.
  public mutating func own(seq: Int64, time: Int64, n: Int64, hash: Digest) {
    begin(seq, time, "own")
    bytes.append(contentsOf: "{\"hash\":\"".utf8)
    bytes.append(contentsOf: hash.hex.utf8)
    bytes.append(contentsOf: "\",\"n\":\(n)}".utf8)
    end()
  }

  /// Adds an erasure.
  public mutating func erasure(seq: Int64, time: Int64, record: RecordID, kind: Text) {
    begin(seq, time, "erasure")
    let object: JSONObject = ["kind": .string(kind), "record": .string(record.text)]
    JSON.object(object).write(into: &bytes)
    end()
  }

  /// Adds a withdrawal.
  public mutating func withdrawal(seq: Int64, time: Int64, record: RecordID) {
    begin(seq, time, "withdrawal")
    bytes.append(contentsOf: "\"\(record)\"".utf8)
    end()
  }

  private mutating func begin(_ seq: Int64, _ time: Int64, _ key: StaticString) {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    count += 1
    bytes.append(contentsOf: "{\"seq\":\(seq),\"time\":\(time),\"".utf8)
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: "\":".utf8)
  }

  private mutating func end() { bytes.append(UInt8(ascii: "}")) }
}
