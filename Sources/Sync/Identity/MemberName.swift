public import JSON

/// The name of a member: a partner city or organisation (`bogota`, `stanley-center`).
///
/// Two to forty bytes of `a-z`, `0-9` and single inner hyphens, so that it is safe in file names, URLs and
/// terminals, and can be told apart from the random ending of a replica's id.
public struct MemberName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as text.
  public let text: Text

  /// Accepts a well-formed name, and nothing else.
  public init?(_ text: Text) {
    guard Self.isWellFormed(text.bytes[...]) else { return nil }
    self.text = text
  }

  /// The name for people.
  public var description: String { text.string }

  /// Orders names by their bytes.
  public static func < (a: MemberName, b: MemberName) -> Bool { a.text < b.text }

  static func isWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (2...40).contains(bytes.count) else { return false }
    var previous = UInt8(ascii: "-")
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "-"): if previous == byte { return false }
      default: return false
      }
      previous = byte
    }
    return previous != UInt8(ascii: "-")
  }
}
