public import JSON

/// The keys of a list's items: random, so that two cities never mean different items by one key.
public enum ItemKey {
  /// A new key of 50 random bits.
  public static func make(_ random: (Int) -> [UInt8]) -> Text {
    Text(String(decoding: random(10).map { alphabet[Int($0 & 31)] }, as: UTF8.self))
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
