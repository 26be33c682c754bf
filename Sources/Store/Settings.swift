import SQLite
public import JSON

/// Small values by key, kept in the same file and the same transactions as everything else.
public final class Settings {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// The bytes under a key.
  public func bytes(_ key: Text) throws -> [UInt8]? {
    try connection.first("SELECT value FROM setting WHERE key = ?1", .text(key.string)) { $0.bytes(0) }
  }

  /// Writes the bytes under a key; `nil` removes it.
  public func set(_ key: Text, _ value: [UInt8]?) throws {
    if let value {
      try connection.run(
        "INSERT INTO setting(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        .text(key.string), .bytes(value))
    } else {
      try connection.run("DELETE FROM setting WHERE key = ?1", .text(key.string))
    }
  }

  /// The text under a key.
  public func text(_ key: Text) throws -> Text? {
    guard let bytes = try bytes(key) else { return nil }
    guard let text = Text(validating: bytes) else { throw StoreError("the setting '\(key)' is not text") }
    return text
  }

  /// Writes a text under a key; `nil` removes it.
  public func set(_ key: Text, text: Text?) throws { try set(key, text?.bytes) }
}
