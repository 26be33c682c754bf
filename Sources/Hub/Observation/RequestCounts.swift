/// How many requests came, how they ended and how long they took, since the process began.
struct RequestCounts: Sendable {
  /// The upper bounds of the histogram, in milliseconds.
  static let bounds: [UInt64] = [1, 5, 10, 50, 100, 500, 1_000, 5_000, 60_000]

  private struct Key: Hashable {
    let route: String
    let status: Int
  }

  private struct Times {
    var buckets = [UInt64](repeating: 0, count: RequestCounts.bounds.count)
    var sum: UInt64 = 0
    var count: UInt64 = 0
  }

  private var answers: [Key: UInt64] = [:]
  private var times: [String: Times] = [:]

  mutating func add(_ route: HubRoute?, status: Int, milliseconds: UInt64) {
    let name = route?.rawValue ?? "none"
    answers[Key(route: name, status: status), default: 0] += 1
    var found = times[name] ?? Times()
    if let index = Self.bounds.firstIndex(where: { milliseconds <= $0 }) { found.buckets[index] += 1 }
    found.sum = found.sum &+ milliseconds
    found.count += 1
    times[name] = found
  }

  /// Writes them.
  func write(to text: inout MetricsText) {
    text.family("peacesync_http_requests_total", .counter, "Requests answered, by route and status.")
    for (key, count) in answers.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
      text.sample(Double(count), [("route", key.route), ("status", "\(key.status)")])
    }
    text.family(
      "peacesync_http_request_duration_seconds", .histogram, "Time to the answer, waiting for news included.")
    for (route, times) in times.sorted(by: { $0.key < $1.key }) {
      var sum: UInt64 = 0
      for (bound, count) in zip(Self.bounds, times.buckets) {
        sum += count
        text.sample(Double(sum), [("route", route), ("le", "\(Double(bound) / 1_000)")], suffix: "_bucket")
      }
      text.sample(Double(times.count), [("route", route), ("le", "+Inf")], suffix: "_bucket")
      text.sample(Double(times.sum) / 1_000, [("route", route)], suffix: "_sum")
      text.sample(Double(times.count), [("route", route)], suffix: "_count")
    }
  }
}
