internal import HTTP
internal import Synchronization

/// The right to answer one request, once.
///
/// A handler that lets go of it without an answer would leave its client waiting; the end of this object
/// tells the loop, which answers 500.
final class PendingAnswer: Sendable {
  private let mailbox: Mailbox
  private let raw: Int32
  private let ticket: UInt64
  private let requestBytes: Int
  private let isGiven = Atomic<Bool>(false)

  init(_ mailbox: Mailbox, raw: Int32, ticket: UInt64, requestBytes: Int) {
    self.mailbox = mailbox
    self.raw = raw
    self.ticket = ticket
    self.requestBytes = requestBytes
  }

  deinit { post(nil) }

  func give(_ response: HTTPResponse) { post(response) }

  private func post(_ response: HTTPResponse?) {
    guard !isGiven.exchange(true, ordering: .acquiringAndReleasing) else { return }
    mailbox.post(Mail(raw: raw, ticket: ticket, requestBytes: requestBytes, response: response))
  }
}
