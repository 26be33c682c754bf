import JSON
package import Sync

/// The body of `POST /v1/records`: one record, a list of them, or one on each line.
package enum PostedRecords {
  /// Records in one request that is held in memory, and in one part of a longer one.
  package static let most = 1_000
  /// Records in one request of lines.
  static let mostLines = 100_000
  /// Bytes of one request of lines.
  static let mostLineBytes = 256 * 1024 * 1024

  /// Reads a JSON array of records, or one record.
  package static func read(json body: [UInt8]) throws(HubRefusal) -> [Result<PostedRecord, Rejection>] {
    let json: JSON
    do { json = try JSON.parse(body) } catch { throw HubRefusal(.badJSON, "the body is not valid JSON: \(error)") }
    let items = json.array ?? [json]
    guard items.count <= most else { throw HubRefusal(.batchTooLarge, "a list holds at most \(most) records") }
    return items.map(read)
  }

  /// Reads newline-delimited JSON; a line that is no JSON is refused alone.
  package static func read(lines body: [UInt8]) throws(HubRefusal) -> [Result<PostedRecord, Rejection>] {
    var items: [Result<PostedRecord, Rejection>] = []
    for line in body.split(separator: UInt8(ascii: "\n")) {
      if line.allSatisfy(isBlank) { continue }
      guard items.count < most else { throw HubRefusal(.batchTooLarge, "a request holds at most \(most) records") }
      items.append(read(line: line))
    }
    return items
  }

  /// Reads one line, without its end.
  static func read(line: ArraySlice<UInt8>) -> Result<PostedRecord, Rejection> {
    do { return read(try JSON.parse(line)) } catch {
      return .failure(Rejection(.badJSON, "the line is not valid JSON: \(error)"))
    }
  }

  /// Whether a line may have this byte and be empty all the same.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func read(_ json: JSON) -> Result<PostedRecord, Rejection> {
    do throws(Rejection) { return .success(try PostedRecord(json)) } catch { return .failure(error) }
  }
}
