import Dispatch
import Foundation
import HTTP
import Net
import Sync

/// Takes long bodies of records, one at a time, on a thread of their own.
final class RecordStreams: Sendable {
  private let folder: SpoolFolder
  private let thread: StoreThread
  private let queue = DispatchQueue(label: "record streams")

  init(_ folder: HubFolder, _ thread: StoreThread) {
    self.folder = SpoolFolder(path: folder.url.path)
    self.thread = thread
  }

  /// How long the body of a request may be, and where it goes: lines of records may be more than memory should hold.
  func allowance(for http: HTTPRequest, _ router: HubRouter) -> BodyAllowance {
    let route = router.route(of: http)
    guard route == .postRecords, http.hasContentType("application/x-ndjson") else {
      return BodyAllowance(limit: route?.bodyLimit ?? 0)
    }
    let limit = PostedRecords.mostLineBytes
    return BodyAllowance(limit: limit, spool: SpoolFile(folder, limit: limit))
  }

  /// Takes a request whose body was spooled.
  func take(_ http: HTTPRequest, _ body: any SpooledBody, answer: @escaping @Sendable (HTTPResponse) -> Void) {
    queue.async { [self] in
      let results = SpoolFile(folder, limit: PostedRecords.mostLineBytes)
      var stream = RecordStream(http, body: body, results: results, hub: thread.hub, ask: ask)
      answer(stream.run())
    }
  }

  /// Has a part answered by the store's thread, and waits for that.
  private func ask(_ request: HubRequest) -> HTTPResponse {
    guard !thread.isStopping else {
      return HubAnswer.problem(HubRefusal(.busy, "the hub is stopping"), hub: thread.hub)
    }
    let (given, done) = (Locked<HTTPResponse?>(nil), DispatchSemaphore(value: 0))
    thread.submit(request) { response in
      given.withLock { $0 = response }
      done.signal()
    }
    done.wait()
    let failure = HubRefusal(.storageFailed, "nothing of these records was stored")
    return given.withLock { $0 } ?? HubAnswer.problem(failure, hub: thread.hub)
  }
}
