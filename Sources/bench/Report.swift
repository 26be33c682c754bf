/// Prints figures, each beside its yardstick of the same run.
enum Report {
  static func heading(_ text: String) { print("\n\(text)") }

  /// A rate and what plain SQLite does with the same rows.
  static func rate(_ name: String, count: Int, seconds: Double, yardstick: Double, unit: String = "changes/s") {
    let (ours, theirs) = (Double(count) / seconds, Double(count) / yardstick)
    print(
      "  \(pad(name, 34)) \(pad(number(ours), 9, leading: true)) \(unit)   plain SQLite "
        + "\(pad(number(theirs), 9, leading: true))   ratio \(fixed(ours / theirs, 2))")
  }

  static func figure(_ name: String, _ value: Double, _ unit: String) {
    print("  \(pad(name, 34)) \(pad(fixed(value, 2), 9, leading: true)) \(unit)")
  }

  private static func number(_ value: Double) -> String {
    var digits = Array(String(Int(value.rounded())))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(" ", at: index)
      index -= 3
    }
    return String(digits)
  }

  static func fixed(_ value: Double, _ places: Int) -> String {
    let factor = places == 2 ? 100.0 : 10.0
    let scaled = Int((value * factor).rounded())
    let rest = String(scaled % Int(factor))
    return "\(scaled / Int(factor))." + String(repeating: "0", count: places - rest.count) + rest
  }

  private static func pad(_ text: String, _ width: Int, leading: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return leading ? blanks + text : text + blanks
  }
}
