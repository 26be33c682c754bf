import HTTP

/// Requests whose senders wait for news, until some comes, their time is over, or the hub stops.
///
/// It knows no clock: times are milliseconds of one monotonic clock.
struct WaitingRequests {
  private struct Entry {
    let job: HubJob
    let deadline: UInt64
  }

  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Keeps a request; of what came with it only what the answer will need.
  mutating func add(_ job: HubJob, now: UInt64) {
    let end = now + UInt64(job.request.wait) * 1_000
    entries.append(Entry(job: job.thinned, deadline: end))
  }

  /// Takes all: something has happened that they may wait for.
  mutating func takeAll() -> [HubJob] {
    defer { entries = [] }
    return entries.map(\.job)
  }

  /// Takes those whose time is over; they are to be answered now.
  mutating func takeDue(now: UInt64) -> [HubJob] {
    guard entries.contains(where: { $0.deadline <= now }) else { return [] }
    let due = entries.filter { $0.deadline <= now }
    entries.removeAll { $0.deadline <= now }
    return due.map(\.job.last)
  }
}
