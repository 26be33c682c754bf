import JSON
import Sync

/// One thing that `pioc doctor` looked at.
struct Finding {
  /// Whether somebody should do something about it.
  enum State: String {
    /// It is as it should be.
    case good = "ok"
    /// Worth knowing; nothing is wrong.
    case note
    /// Somebody should do what the advice says.
    case attention
  }

  /// What was looked at, for programs: stable.
  let code: String
  let state: State
  /// What was found, in one sentence.
  let detail: String
  /// What to do; empty where nothing is to be done.
  var advice = ""
  /// What it is about, by name for a person.
  var items: [String] = []
  /// The records that it is about.
  var records: [RecordID] = []

  static func good(_ code: String, _ detail: String) -> Finding { Finding(code: code, state: .good, detail: detail) }

  static func note(_ code: String, _ detail: String, _ advice: String = "") -> Finding {
    Finding(code: code, state: .note, detail: detail, advice: advice)
  }

  static func attention(
    _ code: String, _ detail: String, _ advice: String, items: [String] = [], records: [RecordID] = []
  ) -> Finding {
    Finding(code: code, state: .attention, detail: detail, advice: advice, items: items, records: records)
  }

  var json: JSON {
    [
      "code": .string(Text(code)), "state": .string(Text(state.rawValue)), "detail": .string(Text(detail)),
      "advice": .string(Text(advice)), "items": .array(items.map { .string(Text($0)) }),
      "records": .array(records.map { .string($0.text) }),
    ]
  }
}
