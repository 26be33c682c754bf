import Terminal
import Testing

@Suite("Relative time")
struct RelativeTimeTests {
  static let minute: Int64 = 60_000
  static let day: Int64 = 86_400_000

  @Test(
    "a distance in time is said in words",
    arguments: [
      (0, "just now"), (9_000, "just now"), (-9_000, "just now"), (10_000, "10 seconds ago"),
      (59_400, "59 seconds ago"), (59_600, "1 minute ago"), (3 * minute, "3 minutes ago"),
      (-5 * minute, "in 5 minutes"), (-5 * minute + 40, "in 5 minutes"), (60 * minute, "1 hour ago"),
      (1439 * minute, "1 day ago"), (-day + 500, "in 1 day"), (2 * day, "2 days ago"),
      (59 * day, "59 days ago"),
      (61 * day, "2 months ago"), (365 * day, "12 months ago"), (699 * day, "23 months ago"),
      (730 * day, "2 years ago"), (-3650 * day, "in 10 years"), (.max, "292471209 years ago"),
      (.min, "in 292471209 years"),
    ] as [(Int64, String)])
  func describe(_ millisecondsAgo: Int64, _ words: String) {
    #expect(RelativeTime.describe(millisecondsAgo: millisecondsAgo) == words)
  }
}
