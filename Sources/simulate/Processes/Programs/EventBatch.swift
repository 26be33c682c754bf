import Foundation

/// A file of events for `pioc import`, which takes all of them in one transaction.
struct EventBatch {
  let rows: [EventRow]
  /// Where the file is.
  let path: String

  /// Writes a file.
  init(_ name: String, count: Int, on stage: TrialStage) throws {
    rows = (0..<count).map { EventRow("\(name)-\($0)") }
    path = stage.path("batch-\(name).json")
    let events = rows.enumerated().map { index, row -> [String: Any] in
      [
        "id": "\(name)-\(index)", "title": row.title, "summary": row.summary,
        "when": ["start": "2027-01-01"],
      ]
    }
    let document: [String: Any] = ["format": "pioc-sample/1", "events": events]
    try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: path))
  }

  /// The words that take it in.
  var words: [String] { ["import", path] }
}
