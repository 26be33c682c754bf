import Records
public import Sync

/// What a replica offers, with what the rules of the fields say to it.
///
/// The rules look at the change alone, so they are asked where a request is read and not where the log is written: of
/// the two, writing is the one that all must wait for.
public struct Offer: Sendable {
  /// What was sent.
  public let submission: Submission
  /// Why the fields' rules refuse it, if they do.
  let objection: Rejection?

  /// Asks the rules.
  public init(_ submission: Submission) {
    self.submission = submission
    guard case .change(let change) = submission else {
      objection = nil
      return
    }
    do throws(Rejection) {
      try RecordRules.check(change)
      objection = nil
    } catch { objection = error }
  }
}
