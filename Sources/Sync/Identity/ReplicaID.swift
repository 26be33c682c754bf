import Crypto
public import JSON

/// The identity of one replica, made by itself: its member's name and five random characters (`bogota-7kq2m`).
///
/// The random ending has a fixed length, so the member can be read off the id without asking anyone.
public struct ReplicaID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Length of the random ending, in characters of Crockford's base 32 (25 bits).
  static let endingLength = 5

  /// The id as text.
  public let text: Text

  /// Accepts a well-formed id, and nothing else.
  public init?(_ text: Text) {
    let bytes = text.bytes
    let dash = bytes.count - Self.endingLength - 1
    guard dash >= 2, bytes[dash] == UInt8(ascii: "-"), MemberName.isWellFormed(bytes[..<dash]),
      bytes[(dash + 1)...].allSatisfy(Self.isEndingByte)
    else { return nil }
    self.text = text
  }

  /// Makes an id for a member from four or more random bytes.
  public init?(member: MemberName, random: [UInt8]) {
    let ending = Base32.encode(random).prefix(Self.endingLength)
    self.init(Text("\(member)-\(ending)"))
  }

  /// The member that this replica belongs to.
  public var member: MemberName {
    let end = text.bytes.count - Self.endingLength - 1
    // The initialiser has checked this very slice; an id without a member cannot exist.
    guard let name = Text(validating: text.bytes[..<end]).flatMap({ MemberName($0) }) else {
      preconditionFailure("a replica id always begins with a member's name")
    }
    return name
  }

  /// The id for people.
  public var description: String { text.string }

  /// Orders ids by their bytes.
  public static func < (a: ReplicaID, b: ReplicaID) -> Bool { a.text < b.text }

  private static func isEndingByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
    case UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }
}
