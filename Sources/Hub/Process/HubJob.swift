import HTTP

/// A request on its way to the store's thread, and where its answer goes.
struct HubJob: Sendable {
  var request: HubRequest
  let answer: @Sendable (HTTPResponse) -> Void

  /// The same, which must be answered whatever there is to say.
  var last: HubJob {
    var job = self
    job.request.wait = 0
    return job
  }

  /// The same without what no answer needs: thousands may wait.
  var thinned: HubJob {
    var job = self
    job.request.http = HTTPRequest(method: "", path: "", query: request.http.query)
    return job
  }
}
