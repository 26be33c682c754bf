public import Foundation

/// Carries a call to the hub and brings back what answered; blocking, and without any decision of its own.
public protocol HubTransport {
  /// Sends one call.
  ///
  /// - Throws: a ``SyncFailure`` of kind `unreachable` when nothing answered.
  func send(_ call: HubCall, to base: URL) throws -> HubReply
}
