import Foundation

/// A case of `Protocol/vectors/json.txt`: a text, and what a reader has to do with it.
struct JSONVector {
  /// What RFC 8259 says, and where it leaves the choice, what PeaceSync chose.
  enum Verdict: String, CaseIterable {
    case accept
    case refuse
    case documentedAccept = "documented:accept"
    case documentedRefuse = "documented:refuse"
  }

  struct MalformedLine: Error {
    let number: Int
  }

  let verdict: Verdict
  let name: String
  private let textColumn: ArraySlice<UInt8>
  private let writtenColumn: ArraySlice<UInt8>?

  /// Whether the text shall be accepted.
  var isAccepted: Bool { verdict == .accept || verdict == .documentedAccept }

  /// The text; some are megabytes long, so they are only made when they are asked for.
  var text: [UInt8] { VectorNotation.read(textColumn) }

  /// The canonical text of the value where it differs from the text.
  var written: [UInt8]? { writtenColumn.map { VectorNotation.read($0) } }

  /// All cases of the file.
  static func all() throws -> [JSONVector] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = Array(try Data(contentsOf: root.appending(path: "Protocol/vectors/json.txt")))
    var vectors: [JSONVector] = []
    let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != UInt8(ascii: "#") {
      guard let vector = JSONVector(line: line) else { throw MalformedLine(number: index + 1) }
      vectors.append(vector)
    }
    return vectors
  }

  private init?(line: ArraySlice<UInt8>) {
    let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    let blank = UInt8(ascii: " ")
    guard (3...4).contains(columns.count) else { return nil }
    guard columns.allSatisfy({ !$0.isEmpty && $0.first != blank && $0.last != blank }) else { return nil }
    guard columns.joined().allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    guard let verdict = Verdict(rawValue: String(decoding: columns[0], as: UTF8.self)) else { return nil }
    self.verdict = verdict
    name = String(decoding: columns[1], as: UTF8.self)
    textColumn = columns[2]
    writtenColumn = columns.count == 4 ? columns[3] : nil
  }
}
