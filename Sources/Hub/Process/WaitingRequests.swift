import HTTP

/// Requests whose senders wait for news, until some comes, their time is over, or the hub stops.
///
/// It knows no clock: times are milliseconds of one monotonic clock.
struct WaitingRequests<Ticket> {
  private var jobs: [HubJob<Ticket>] = []

  var isEmpty: Bool { jobs.isEmpty }

  /// Keeps a request; of what came with it only what the answer will need.
  ///
  /// One that was woken in vain waits on until its first deadline.
  mutating func add(_ job: HubJob<Ticket>, now: UInt64) {
    var job = job.thinned
    if job.deadline == .max { job.deadline = now + UInt64(job.request.wait) * 1_000 }
    jobs.append(job)
  }

  /// Takes all: something has happened that they may wait for.
  mutating func takeAll() -> [HubJob<Ticket>] {
    defer { jobs = [] }
    return jobs
  }

  /// Takes those whose time is over; they are to be answered now.
  mutating func takeDue(now: UInt64) -> [HubJob<Ticket>] {
    guard jobs.contains(where: { $0.deadline <= now }) else { return [] }
    let due = jobs.filter { $0.deadline <= now }
    jobs.removeAll { $0.deadline <= now }
    return due.map { $0.last }
  }
}
