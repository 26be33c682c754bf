import HTTP

/// A request on its way to the store's thread, and where its answer goes.
struct HubJob: Sendable {
  var request: HubRequest
  let answer: @Sendable (HTTPResponse) -> Void
  /// When it has waited long enough, in milliseconds of the monotonic clock; set when it begins to wait.
  var deadline: UInt64 = .max

  init(request: HubRequest, answer: @escaping @Sendable (HTTPResponse) -> Void) {
    self.request = request
    self.answer = answer
  }

  /// The same, which must be answered whatever there is to say.
  var last: HubJob {
    var job = self
    job.request.wait = 0
    return job
  }

  /// The same without what no answer needs: thousands may wait.
  var thinned: HubJob {
    var job = self
    job.request.hasWaited = true
    job.request.http = HTTPRequest(method: "", path: "", query: request.http.query)
    return job
  }
}
