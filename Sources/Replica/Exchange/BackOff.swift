/// How long to wait before a hub that did not answer is asked again.
///
/// Twice as long each time, up to a most; by chance up to half of it less, so that replicas that lost the hub at one
/// moment do not all come back at one. Never shorter than the hub asked for (RFC 9110 §10.2.3, `Retry-After`).
public struct BackOff: Sendable {
  private let first: Int64
  private let most: Int64
  /// The failures in a row.
  public private(set) var failures = 0

  /// A back-off from its first and its longest wait.
  public init(firstMilliseconds: Int64 = 1_000, mostMilliseconds: Int64 = 300_000) {
    first = max(1, firstMilliseconds)
    most = max(first, mostMilliseconds)
  }

  /// The wait after one more failure, in milliseconds.
  ///
  /// - Parameters:
  ///   - retryAfterSeconds: what the hub asked for, if it did.
  ///   - random: any number, by chance.
  public mutating func wait(retryAfterSeconds: Int?, random: UInt64) -> Int64 {
    var usual = first
    for _ in 0..<min(failures, 40) where usual < most { usual = min(most, usual * 2) }
    failures += 1
    let spread = Int64(random % UInt64(usual / 2 + 1))
    guard let asked = retryAfterSeconds, asked > 0 else { return usual - spread }
    let (milliseconds, overflow) = Int64(asked).multipliedReportingOverflow(by: 1_000)
    // Many were told the same: they come a little later than that, each by its own chance.
    return overflow ? most : max(usual, milliseconds) + spread
  }

  /// It answered: the next failure is a first one.
  public mutating func succeed() { failures = 0 }
}
