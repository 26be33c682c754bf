import JSON

/// Another system of a member: a script that posts plain records, and knows nothing of changes.
final class IntegratorMachine {
  /// What its own data says of one thing that it keeps.
  struct Row {
    var title: Text
    var summary: Text?
    var topics: [Text] = []
    var isDeleted = false
  }

  let line: Line
  let member: String
  /// Its token, and what that is called by; nothing while it has none.
  var token: (text: Text, id: String)?
  /// Its own data, by the number in its foreign ids; the same numbers mean the same things to all systems.
  var rows: [Row]
  /// What it has not heard the end of, and will send again as it is.
  var pending: Posting?
  /// The tags that it was told of records, and at which seq of the hub's history of now; none if that is another one.
  var tags: [(id: Text, tag: Text, seq: Int64?)] = []

  init(name: String, member: String) {
    line = Line(name: name)
    self.member = member
    rows = (0..<3).map { Row(title: Text("\(name) \($0)")) }
  }
}
