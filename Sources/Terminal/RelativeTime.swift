/// Says how long ago something was, in rounded words.
public enum RelativeTime {
  /// "3 minutes ago", "2 days ago", "in 5 minutes"; within ten seconds "just now".
  public static func describe(millisecondsAgo: Int64) -> String {
    let seconds = rounded(millisecondsAgo.magnitude, 1000)
    if seconds < 10 { return "just now" }
    let amount = describe(seconds: seconds)
    return millisecondsAgo < 0 ? "in " + amount : amount + " ago"
  }

  private static func describe(seconds: UInt64) -> String {
    let minutes = rounded(seconds, 60)
    let hours = rounded(seconds, 3600)
    let days = rounded(seconds, 86_400)
    if seconds < 60 { return plural(seconds, "second") }
    if minutes < 60 { return plural(minutes, "minute") }
    if hours < 24 { return plural(hours, "hour") }
    if days < 60 { return plural(days, "day") }
    if days < 700 { return plural(rounded(days * 12, 365), "month") }
    return plural(rounded(days, 365), "year")
  }

  /// The quotient to the nearest, so that an invitation for a day says "in 1 day" a moment later.
  private static func rounded(_ value: UInt64, _ unit: UInt64) -> UInt64 {
    value / unit + (value % unit >= (unit + 1) / 2 ? 1 : 0)
  }

  private static func plural(_ count: UInt64, _ unit: String) -> String {
    "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
