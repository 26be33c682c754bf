/// An event by what was written into it: two fields of one change, so that half a change shows.
struct EventRow: Hashable {
  let title: String
  let summary: String

  /// The event of a name that the trials give once.
  init(_ name: String) { self.init(title: "event \(name)", summary: "summary of \(name)") }

  init(title: String, summary: String) {
    self.title = title
    self.summary = summary
  }

  /// The words that `add` and `set` take.
  var words: [String] { ["--title", title, "--summary", summary] }
}
