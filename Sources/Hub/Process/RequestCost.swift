import Crypto

/// What a request is like, as far as its place in the queue depends on it.
enum RequestCost {
  /// It is quick; so many changes come with it.
  case quick(changes: Int)
  /// It may take tens of milliseconds.
  case long(token: Digest?)
}

extension HubRequest {
  /// How long the request may take.
  var cost: RequestCost {
    switch (route, body) {
    case (.records, _), (.record, _), (.history, _), (.change, _), (.conflicts, _), (.states, _), (.held, _),
      (.status, _), (.metrics, _), (.compact, _):
      .long(token: token)
    case (_, .sync(_, let offers)), (_, .batch(let offers)): .quick(changes: offers.count)
    case (_, .records(let records, _, _)): .quick(changes: records.count)
    default: .quick(changes: 0)
    }
  }
}
