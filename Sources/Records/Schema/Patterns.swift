import JSON

/// The forms of texts as regular expressions (ECMA-262), each for a whole text.
///
/// They say what a form is as far as an expression can: which days a month has in a leap year, or which of two dates
/// is the earlier, it cannot.
enum Patterns {
  /// What no text holds: control characters, and those that turn the reading direction.
  private static let never = #"\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069"#
  private static let inLine = #"[^\#(never)\x0a]"#
  private static let unbroken = #"[^\#(never)\x0a\x20]"#

  /// One line, not of blanks alone.
  static let line = #"\#(inLine)*\#(unbroken)\#(inLine)*"#
  /// Any number of lines, not of blanks alone.
  static let lines = #"[^\#(never)]*\#(unbroken)[^\#(never)]*"#
  /// The same before carriage returns are made line feeds.
  static let typedLines = lines.replacing(#"\x0b-\x1f"#, with: #"\x0b\x0c\x0e-\x1f"#)

  static let web = #"[Hh][Tt][Tt][Pp][Ss]?://[^\#(never)\x0a\x20/?#:@]\#(unbroken)*"#
  static let link = #"[A-Za-z][A-Za-z0-9+.\-]*:\#(unbroken)+"#
  /// The beginning of a URI that a browser runs or that is of one machine alone.
  static let barredScheme =
    "^(?:" + ["javascript", "data", "vbscript", "blob", "file"].map(anyCase).joined(separator: "|") + "):"

  static let country = "[A-Z]{2}"
  static let mail = #"[^\#(never)\x0a\x20@]+@[^\#(never)\x0a\x20@]+"#
  static let identifier = #"[a-z][a-z0-9\-]{0,31}:\#(inLine)+"#
  static let doi = #"doi:10\.[^\#(never)\x0aA-Z]*"#

  static let coordinates =
    #"-?(?:0?[0-8]?[0-9](?:\.[0-9]{1,10})?|0?90(?:\.0{1,10})?)"#
    + #",-?(?:(?:0?[0-9]{1,2}|1[0-7][0-9])(?:\.[0-9]{1,10})?|180(?:\.0{1,10})?)"#

  /// A language tag (RFC 5646 §2.1).
  static let language =
    "(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    + "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"
    + "(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?|[Xx](?:-[A-Za-z0-9]{1,8})+"

  static let year = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
  static let month = year + "-(?:0[1-9]|1[0-2])"
  static let day =
    year + "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    + "|02-(?:0[1-9]|[12][0-9]))"
  static let time = day + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]"
  static let date = "\(oneDate)(?:/\(oneDate))?"
  private static let oneDate = "(?:\(year)|\(month)|\(year)-2[1-4]|\(day))[?~%]?"
  static let zone = #"UTC|[A-Z][A-Za-z0-9_+\-]*(?:/[A-Z][A-Za-z0-9_+\-]*){1,2}"#

  static let record = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
  static let itemKey = #"[A-Za-z0-9_\-]{1,64}"#
  static let position = "[0-9A-Za-z]*[1-9A-Za-z]"

  /// A reference: a record, and perhaps a role.
  static func reference(_ words: Words) -> String { "\(record)(?:/(?:\(role(words))))?" }

  private static func role(_ words: Words) -> String {
    guard words.isOpen else { return words.known.map(\.string).joined(separator: "|") }
    return "\(inLine){1,\(Words.limit.scalars)}"
  }

  private static func anyCase(_ word: String) -> String {
    word.map { "[\($0.uppercased())\($0)]" }.joined()
  }
}
