import Crypto
import JSON

/// A change as the naive model reads it from its bytes: everything as text, a cell as "path name".
struct NaiveChange {
  let name: String
  let isErasure: Bool
  /// The cells that it replaces.
  let replaced: [String]
  /// The values that it puts, by path.
  let put: [(path: String, value: String)]

  init(_ bytes: [UInt8]) throws {
    let change = try JSON.parse(bytes)
    let operations = change["ops"]?.array ?? []
    name = Self.name(of: change, bytes)
    isErasure = operations.contains { $0["erase"] != nil }
    replaced = operations.flatMap { operation in
      let path = Self.text(operation["put"] ?? operation["drop"] ?? .null)
      return (operation["over"]?.array ?? []).map { "\(path) \($0.text?.string ?? "")" }
    }
    put = operations.compactMap { operation in
      guard let path = operation["put"], let value = operation["value"] else { return nil }
      return (Self.text(path), Self.text(value))
    }
  }

  private static func name(of change: JSON, _ bytes: [UInt8]) -> String {
    if let was = change["was"]?.text { return was.string }
    let replica = change["replica"]?.text?.string ?? ""
    return "\(replica):\(change["n"]?.integer ?? 0):\(SHA256.hash(bytes).hex.prefix(16))"
  }

  /// Canonical JSON in which every byte beyond ASCII is spelled out, since Swift's strings take twins for equal.
  static func text(_ json: JSON) -> String {
    json.canonical().map { $0 < 0x80 ? String(UnicodeScalar($0)) : "<\(Hex.encode([$0]))>" }.joined()
  }
}
