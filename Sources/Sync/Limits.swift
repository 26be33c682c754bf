/// The bounds of the protocol; a change beyond them is refused, never cut.
public enum Limits {
  /// The greatest integer that every JSON library carries exactly, 2^53 - 1 (RFC 8259 §6).
  public static let largestInteger: Int64 = 9_007_199_254_740_991
  /// Bytes of one change.
  public static let changeBytes = 256 * 1024
  /// Levels of arrays and objects in a change, itself included; leaves every reader room for what stands around it.
  public static let changeDepth = 32
  /// Levels of arrays and objects in one value: a change, its operations and one of them stand around it.
  public static let valueDepth = changeDepth - 3
  /// Bytes of a delete, which lists all that its writer saw: whatever a record may hold can be deleted.
  public static let deleteBytes = stateBytes
  /// Bytes that a change may have more when it is written again: its former name and a longer number.
  public static let rewritingBytes = 256
  /// Operations in one change.
  public static let operations = 2_000
  /// Names in one `over` list.
  public static let overNames = 4_000
  /// Live cells of one record.
  public static let cells = 5_000
  /// Bytes of one record's state.
  public static let stateBytes = 2 * 1024 * 1024
  /// Bytes of a field's name.
  public static let fieldBytes = 64
  /// Bytes of a key inside a field.
  public static let keyBytes = 2_048
  /// Bytes of the name of a kind.
  public static let kindBytes = 40
  /// Changes in one batch.
  public static let batchChanges = 1_000
  /// Entries in one page of the feed.
  public static let pageEntries = 1_000
  /// Seconds that an answer may be held until there is news; most proxies give up after 60.
  public static let waitSeconds = 55
  /// Bytes of entries after which a page of the feed ends.
  public static let pageBytes = 1024 * 1024
}
