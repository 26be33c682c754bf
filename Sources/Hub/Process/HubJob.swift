import HTTP

/// A request on its way to the store, and who gets its answer.
package struct HubJob<Ticket> {
  var request: HubRequest
  /// Whatever tells its owner where the answer goes.
  let ticket: Ticket
  /// When it has waited long enough, in milliseconds of the monotonic clock; set when it begins to wait.
  var deadline: UInt64 = .max

  /// A request that was just read.
  package init(request: HubRequest, ticket: Ticket) {
    self.request = request
    self.ticket = ticket
  }

  /// The same, which must be answered whatever there is to say.
  var last: Self {
    var job = self
    job.request.wait = 0
    return job
  }

  /// The same without what no answer needs: thousands may wait.
  var thinned: Self {
    var job = self
    job.request.hasWaited = true
    job.request.http = HTTPRequest(method: "", path: "", query: request.http.query)
    return job
  }
}

extension HubJob: Sendable where Ticket: Sendable {}
