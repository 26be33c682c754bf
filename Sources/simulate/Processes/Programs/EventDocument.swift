/// What the trials read of an event that `pioc` prints.
struct EventDocument: Decodable {
  let id: String
  let title: String
  let summary: String?

  var row: EventRow { EventRow(title: title, summary: summary ?? "") }
}
