import Crypto
import JSON
import Records

extension Contract {
  /// The document as it is served, made once.
  static let bytes = openAPI.canonical()
  /// The tag of the document.
  static let tag = "\"\(SHA256.hash(bytes).hex.prefix(16))\""

  /// All files of the contract by their paths, as they are checked in: sorted members, and lines for people.
  package static var pages: [(path: String, bytes: [UInt8])] {
    let pages = [("openapi.json", openAPI)] + files.map { ("schemas/\($0.name).json", $0.schema) }
    return pages.map { path, json in
      var bytes: [UInt8] = []
      write(json, indented: 0, into: &bytes)
      return (path, bytes + [UInt8(ascii: "\n")])
    }
  }

  /// Writes a value in lines of at most 120 bytes as far as that is possible, members sorted.
  private static func write(_ json: JSON, indented: Int, after start: Int = 0, into bytes: inout [UInt8]) {
    let short = json.canonical()
    let (brackets, items): (String, [(key: [UInt8], value: JSON)])
    switch json {
    case .array(let list) where indented + start + short.count > 119: (brackets, items) = ("[]", list.map { ([], $0) })
    case .object(let object) where indented + start + short.count > 119:
      let members = object.members.sorted { $0.key < $1.key }
      (brackets, items) = ("{}", members.map { (JSON.string($0.key).write() + Array(": ".utf8), $0.value) })
    default:
      bytes += short
      return
    }
    bytes += brackets.utf8.prefix(1)
    for (index, item) in items.enumerated() {
      bytes += (index == 0 ? "\n" : ",\n").utf8
      bytes += Array(repeating: UInt8(ascii: " "), count: indented + 2) + item.key
      write(item.value, indented: indented + 2, after: item.key.count, into: &bytes)
    }
    bytes += Array("\n".utf8) + Array(repeating: UInt8(ascii: " "), count: indented) + brackets.utf8.suffix(1)
  }

  /// A schema that stands in a file of its own, with all that it refers to.
  static func standalone(_ title: String, _ schema: JSON) -> JSON {
    var found = JSONObject()
    let root = localized(schema, into: &found)
    return Schema.with(
      root,
      [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(Text(title)),
        "$defs": .object(found),
      ])
  }

  /// A schema whose references point into `$defs` of its own file; what they mean is collected.
  private static func localized(_ schema: JSON, into found: inout JSONObject) -> JSON {
    switch schema {
    case .array(let items): return .array(items.map { localized($0, into: &found) })
    case .object(let object):
      return .object(
        JSONObject(
          object.map { member in
            guard member.key == "$ref", let name = name(member.value) else {
              return JSONMember(key: member.key, value: localized(member.value, into: &found))
            }
            if found[name] == nil, let meant = ContractSchemas.all[name] {
              found[name] = true  // a schema may refer to itself
              found[name] = localized(meant, into: &found)
            }
            return JSONMember(key: member.key, value: .string(Text("#/$defs/\(name)")))
          }))
    default: return schema
    }
  }

  private static func name(_ json: JSON) -> Text? {
    guard let text = json.text?.string, text.hasPrefix(Schema.place) else { return nil }
    return Text(String(text.dropFirst(Schema.place.count)))
  }
}
