/// What a forwarder does to one exchange.
enum ForwardingFault: Sendable {
  /// The hub gets the request; its answer is swallowed, and the client waits until it gives up.
  case swallowed
  /// The hub gets the request; instead of the answer the client sees the connection end.
  case closed
  /// The answer is cut after this part of its bytes, by an end or by a reset.
  case answerCut(fraction: Double, isReset: Bool)
  /// The hub gets this part of the request's bytes and no more.
  case requestCut(fraction: Double)
  /// The hub gets the request twice, on two connections; the client gets the second answer.
  case doubled
}
