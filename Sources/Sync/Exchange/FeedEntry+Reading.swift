import Crypto
import JSON

/// An answer that is not what the protocol promises; nothing of it is applied.
public struct MessageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}

extension FeedEntry {
  /// Reads one entry at the scanner's place.
  init(_ scanner: inout JSONScanner, source: [UInt8], changes: inout ChangeReader) throws(MessageError) {
    var seq: Int64?
    var time: Int64?
    var content: Content?
    do {
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        switch key {
        case "seq": seq = try scanner.value().integer
        case "time": time = try scanner.value().integer
        case "change":
          guard content == nil else { throw MessageError("an entry of the feed has two contents") }
          let (place, canonical) = try scanner.checkedValue()
          let bytes = source[place]
          content = .change(try canonical.flatMap { changes.change($0, bytes: bytes) } ?? Self.change(bytes))
        case "state", "own", "withdrawal", "erasure":
          guard content == nil else { throw MessageError("an entry of the feed has two contents") }
          content = try Self.content(key, source[try scanner.skip()])
        default: _ = try scanner.skip()  // a newer hub may say more
        }
      }
    } catch let error as MessageError {
      throw error
    } catch {
      throw MessageError("an entry of the feed is not valid JSON: \(error)")
    }
    guard let seq, let time, let content, (0...Limits.largestInteger).contains(seq) else {
      throw MessageError("an entry of the feed lacks its seq, time or content")
    }
    self.init(seq: seq, time: time, content: content)
  }

  private static func change(_ bytes: ArraySlice<UInt8>) throws(MessageError) -> Change {
    guard case .change(let change) = try? Submission(bytes: bytes) else {
      throw MessageError("the feed holds a change that is not valid")
    }
    return change
  }

  private static func content(_ key: Text, _ bytes: ArraySlice<UInt8>) throws(MessageError) -> Content {
    do {
      switch key {
      case "state": return .state(try RecordState(canonicalBytes: bytes))
      case "own":
        let json = try JSON.parse(bytes)
        guard let n = json["n"]?.integer, (1...Limits.largestInteger).contains(n),
          let hash = json["hash"]?.text.flatMap({ Digest(hex: $0.bytes) })
        else {
          throw MessageError("a stub in the feed lacks n or hash")
        }
        return .own(n: n, hash: hash)
      case "withdrawal": return .withdrawal(try record(try JSON.parse(bytes)))
      default:
        let json = try JSON.parse(bytes)
        guard let kind = json["kind"]?.text else { throw MessageError("an erasure in the feed lacks its kind") }
        return .erasure(try record(json["record"] ?? .null), kind: kind)
      }
    } catch let error as MessageError {
      throw error
    } catch {
      throw MessageError("an entry of the feed cannot be read: \(error)")
    }
  }

  private static func record(_ json: JSON) throws(MessageError) -> RecordID {
    guard let id = json.text.flatMap({ RecordID($0) }) else {
      throw MessageError("a record's id in the feed is not a UUID")
    }
    return id
  }
}
