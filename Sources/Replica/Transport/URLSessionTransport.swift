import Dispatch
public import Foundation
import FoundationNetworking
import JSON

/// Carries calls over URLSession, for https.
///
/// It never follows a redirect: URLSession would send the token on to wherever it points. It keeps a deadline of its
/// own, since `timeoutIntervalForResource` is not enforced on Linux.
public final class URLSessionTransport: HubTransport {
  private let session: URLSession
  private let deadlineSeconds: Double
  private let userAgent: String
  private let isCalledOff: () -> Bool

  /// A transport.
  ///
  /// - Parameters:
  ///   - userAgent: what the program calls itself.
  ///   - idleSeconds: how long to wait for the next byte.
  ///   - deadlineSeconds: how long one call may take in all.
  ///   - isCalledOff: asked about every second of waiting; `true` ends the call with ``CalledOff``.
  public init(
    userAgent: String, idleSeconds: Double = 30, deadlineSeconds: Double = 300,
    isCalledOff: @escaping () -> Bool = { false }
  ) {
    self.isCalledOff = isCalledOff
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = idleSeconds
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    self.deadlineSeconds = deadlineSeconds
    self.userAgent = userAgent
  }

  deinit { session.invalidateAndCancel() }

  /// Sends one call and waits for its answer.
  public func send(_ call: HubCall, to base: URL) throws -> HubReply {
    guard let url = URL(string: base.absoluteString + call.path) else {
      throw SyncFailure(.unreachable, "The hub's address cannot be used.", advice: "Join the hub again.")
    }
    var request = URLRequest(url: url)
    request.httpMethod = call.method
    request.setValue(userAgent, forHTTPHeaderField: "User-Agent")
    request.setValue("application/json", forHTTPHeaderField: "Accept")
    if let token = call.token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
    if call.method == "POST" {
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      request.httpBody = Data(call.body)
    }
    let done = DispatchSemaphore(value: 0)
    let box = AnswerBox()
    let task = session.dataTask(with: request) { data, response, error in
      box.set(Answer(data: data, response: response as? HTTPURLResponse, error: error))
      done.signal()
    }
    task.resume()
    try wait(for: done, task)
    return try reply(box.take())
  }

  private func wait(for done: DispatchSemaphore, _ task: URLSessionDataTask) throws {
    let deadline = DispatchTime.now() + deadlineSeconds
    while done.wait(timeout: min(deadline, .now() + 1)) == .timedOut {
      if isCalledOff() {
        task.cancel()
        throw CalledOff()
      }
      guard DispatchTime.now() < deadline else {
        task.cancel()
        throw SyncFailure.unreachable("it did not answer within \(Int(deadlineSeconds)) seconds")
      }
    }
  }

  private func reply(_ answer: Answer?) throws -> HubReply {
    guard let answer else { throw SyncFailure.unreachable("nothing came back") }
    if let error = answer.error { throw Self.failure(error) }
    guard let response = answer.response, let data = answer.data else {
      throw SyncFailure.unreachable("nothing came back")
    }
    let type = response.value(forHTTPHeaderField: "Content-Type") ?? ""
    let mediaType = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    let retry = response.value(forHTTPHeaderField: "Retry-After").flatMap { Int($0) }
    return HubReply(
      status: response.statusCode, mediaType: mediaType, retryAfterSeconds: retry.map { min(max($0, 0), 3_600) },
      body: Array(data))
  }

  private static func failure(_ error: any Error) -> SyncFailure {
    switch (error as? URLError)?.code {
    case .cannotConnectToHost: return .unreachable("nothing listens at its address")
    case .cannotFindHost, .dnsLookupFailed: return .unreachable("its name is not known on this network")
    case .timedOut: return .unreachable("it did not answer in time")
    case .networkConnectionLost: return .unreachable("the connection broke off")
    default: break
    }
    // What fails before anything is exchanged has no code of its own here, but libcurl's words.
    let words = error.localizedDescription
    guard ["SSL", "TLS", "certificate"].contains(where: words.contains) else {
      return .unreachable("the connection failed (\(words))")
    }
    return SyncFailure(
      .notTheHub, "What answered is not trusted to be the hub: \(words).",
      advice: "Nothing was sent. Check the address (https or http?), this machine's date, and whether it is a network "
        + "with a sign-in page; the certificate of a private authority must be in the system's store.")
  }
}

/// What a data task ends with.
private struct Answer {
  let data: Data?
  let response: HTTPURLResponse?
  let error: (any Error)?
}

/// Hands an answer from URLSession's queue to the thread that waits.
///
/// `@unchecked`: the semaphore orders the one write before the one read; the lock covers an answer after the deadline.
private final class AnswerBox: @unchecked Sendable {
  private let lock = NSLock()
  private var answer: Answer?

  func set(_ value: Answer) { lock.withLock { answer = value } }
  func take() -> Answer? { lock.withLock { answer } }
}

/// Declines every redirect, so that the answer itself is what comes back.
private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) { completionHandler(nil) }
}
