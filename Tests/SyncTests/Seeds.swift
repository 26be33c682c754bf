import Foundation

/// How many seeds a test goes through: a few in each run, more when `PEACESYNC_SEEDS` holds a factor.
enum Seeds {
  static let factor = ProcessInfo.processInfo.environment["PEACESYNC_SEEDS"].flatMap { UInt64($0) } ?? 1

  /// So many seeds, times the factor, from a first one on.
  static func from(_ first: UInt64, count: UInt64) -> Range<UInt64> { first..<(first + count * factor) }
}
