import Foundation
import JSON
import Terminal

/// The time zones that this machine knows.
struct TimeZones {
  let environment: [String: String]

  private static let folder = "/usr/share/zoneinfo"

  /// The zone that this machine's clock shows; `nil` where it cannot be told.
  var own: String? {
    if let name = environment["TZ"]?.drop(while: { $0 == ":" }), name.contains("/"), !name.hasPrefix("/") {
      return String(name)
    }
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime"),
      let found = target.range(of: "zoneinfo/")
    else { return nil }
    let name = String(target[found.upperBound...])
    return name.contains("/") ? name : nil
  }

  /// Refuses a name that nobody knows: nobody could tell when that event is.
  ///
  /// A machine without the tz database knows nothing, and refuses nothing.
  func check(_ zone: String) throws {
    guard zone != "UTC", access(Self.folder + "/Etc/UTC", F_OK) == 0, access(Self.folder + "/" + zone, F_OK) != 0 else {
      return
    }
    throw unknown(zone)
  }

  /// What is to be looked at again in a time with a zone, which is refused if nobody knows it.
  func doubts(about value: JSON) throws -> [String] {
    guard let zone = value["zone"]?.text?.string else { return [] }
    try check(zone)
    return [value["start"], value["end"]].compactMap { $0?.text?.string }.filter { Self.skips($0, in: zone) }.map {
      "the clocks of \(zone) skip \($0.replacing("T", with: " ")), as summer time begins then; look whether that is "
        + "meant."
    }
  }

  /// Whether the clocks of a zone skip a time of day, `YYYY-MM-DDTHH:MM`, where summer begins.
  private static func skips(_ time: String, in zone: String) -> Bool {
    guard let zone = TimeZone(identifier: zone) else { return false }
    let numbers = time.split { "-T:".contains($0) }.compactMap { Int($0) }
    guard numbers.count >= 5 else { return false }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let wanted = DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])
    guard let date = calendar.date(from: wanted) else { return false }
    let found = calendar.dateComponents([.hour, .minute], from: date)
    return found.hour != wanted.hour || found.minute != wanted.minute
  }

  /// What to say of a word that is the name of no zone: the zone of that place, or how names look.
  func unknown(_ zone: String) -> Failure {
    let known = TimeZone.knownTimeZoneIdentifiers
    let place = zone.split(separator: "/").last.map { Self.folded(String($0)) } ?? ""
    let near =
      NearWord.find(zone, among: known) ?? known.first { Self.folded($0).hasSuffix("/" + place) }
    return .usage(
      "There is no time zone '\(DisplayWidth.clip(TerminalSafe.line(zone), to: 40))'.",
      near.map { "Did you mean '\($0)'?" }
        ?? "Give the name of a place in the tz database, such as America/Bogota, Asia/Beirut or Africa/Nairobi, or UTC."
    )
  }

  /// A name without regard to case, accents and the line below a blank.
  private static func folded(_ name: String) -> String {
    name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).replacing(" ", with: "_")
  }
}
