import Crypto
import Hub
import JSON
import Sync

/// One body of plain records, read as JSON, as lines, and as lines part by part, and what does not agree.
///
/// The first three bytes say how long parts, pieces and lines are; all else is the body.
struct RecordsTrial {
  private(set) var complaints: [String] = []
  private let body: [UInt8]
  private var sizes = PostedLines.Sizes()

  init(_ input: [UInt8]) {
    let numbers = input.prefix(3).map { Int($0) } + [0, 0, 0]
    body = Array(input.dropFirst(3))
    sizes.part = 1 + numbers[0] * 4
    sizes.piece = 1 + numbers[1]
    sizes.line = 1 + numbers[2] * 4
    sizes.records = 1 + numbers[0] % 7
    if let records = try? PostedRecords.read(json: body) {
      for case .success(let record) in records { check(record) }
    }
    checkLines()
    checkParts()
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  /// What is taken can be written, and no member is taken twice.
  private mutating func check(_ record: PostedRecord) {
    demand(JSON.object(record.document).isCanonicalizable, "a document that cannot be written canonically")
    demand(record.sources.count <= body.count, "more foreign ids than bytes")
    for extra in record.extras {
      demand(record.document[extra.key] == nil, "a member that is taken twice")
      demand(extra.key.bytes.starts(with: Array("x-".utf8)), "an unknown member is taken")
    }
  }

  private mutating func checkLines() {
    let lines = body.split(separator: UInt8(ascii: "\n")).filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
    guard let records = try? PostedRecords.read(lines: body) else {
      return demand(lines.count > PostedRecords.most, "lines that are refused as a whole")
    }
    demand(records.count == lines.count, "\(records.count) results for \(lines.count) lines")
    for (record, line) in zip(records, lines) {
      let alone = (try? PostedRecords.read(json: Array(line))).map { $0.map(Self.tell) } ?? ["bad-json"]
      // A line is one record; where it is a list, that is refused.
      let isList = (try? JSON.parse(line))?.array != nil
      demand(
        isList ? Self.tell(record) == "bad-request" : [Self.tell(record)] == alone,
        "a line that is read otherwise alone")
    }
  }

  private mutating func checkParts() {
    var (parts, told): (PostedLines, [String]) = (PostedLines(HeldBody(body), sizes: sizes), [])
    do throws(HubRefusal) {
      while true {
        let part = try parts.next()
        if part.isEmpty { break }
        demand(part.count <= sizes.records, "a part of \(part.count) records")
        told += part.map(Self.tell)
        guard told.count <= body.count else { return demand(false, "parts without an end") }
      }
      let survey = try PostedLines.survey(HeldBody(body), sizes: sizes)
      // A line of blanks that is too long is refused, and not counted.
      demand(
        survey.records <= told.count && (survey.records == told.count || told.contains("too-large")),
        "\(survey.records) records are counted, \(told.count) are read")
      demand(survey.hash == SHA256.hash(body), "a hash that depends on the pieces")
    } catch {
      demand(false, "a part that cannot be read: \(error.detail)")
    }
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var wanted: [String] = []
    for line in lines {
      if line.count > sizes.line {
        wanted.append("too-large")
      } else if !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
        wanted += ((try? PostedRecords.read(lines: Array(line))) ?? []).map(Self.tell)
      }
    }
    demand(told == wanted, "parts that say \(told), not \(wanted)")
  }

  private static func tell(_ record: Result<PostedRecord, Rejection>) -> String {
    switch record {
    case .success(let record):
      let extras = record.extras.map { "\($0.key.string)=\(String(decoding: $0.value.write(), as: UTF8.self))" }
      let document = String(decoding: JSON.object(record.document).write(), as: UTF8.self)
      return "\(record.id?.description ?? "-") \(record.isDeleted) \(document) \(extras)"
    case .failure(let rejection): return rejection.code.rawValue
    }
  }
}
