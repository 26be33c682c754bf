import Crypto
import JSON
import Sync

/// The contents of the smaller golden files.
enum OtherVectors {
  /// Input texts for `canonical.json`, each with what it tries.
  static let texts: [(String, String)] = [
    ("already canonical", #"{"a":[1,true,null],"b":"é"}"#),
    ("blanks go", " { \"a\" :\t1 ,\r\n\"b\" : [ ] } "),
    ("keys come in the order of their bytes", #"{"b":1,"a":2,"B":3,"é":4,"":5}"#),
    ("inner objects too, lists stay as they are", #"[{"z":{"y":1,"x":2}},3,1,2]"#),
    ("by bytes a halfwidth stop comes before an emoji, by UTF-16 it would not", #"{"🕊":1,"｡":2}"#),
    ("a composed and a decomposed letter stay two keys", "{\"a\\u0301\":1,\"\\u00e1\":2}"),
    ("escapes that are not needed are resolved", #""\u0041\/\u00e9\ud83d\udd4a\u007f\u2028""#),
    ("the shortest escapes are written", #""\u0022\u005c\u0008\u000c\u000a\u000d\u0009""#),
    ("other control characters are written in four lower-case digits", #""\u0000\u001F""#),
    ("the greatest integers", "[9007199254740991,-9007199254740991,0]"),
    ("an integer beyond them", "9007199254740992"), ("a fraction", "1.0"), ("an exponent", "1e2"),
    ("a negative zero", "-0"), ("one key twice", #"{"a":1,"\u0061":2}"#), ("half a pair", #""\ud83d""#),
    ("a comma too many", "[1,]"), ("more than one value", "1 2"), ("a leading zero", "01"), ("nothing", ""),
  ]

  static func canonical() throws -> JSON {
    .array(
      try texts.map { about, text in
        var object: JSONObject = ["about": .string(Text(about)), "text": .string(Text(text))]
        do {
          let json = try JSON.parse(Sample.bytes(text))
          if json.isCanonicalizable {
            object["canonical"] = .string(Text(Sample.text(json.canonical())))
            object["sha256"] = .string(Text(SHA256.hash(json.canonical()).hex))
          } else {
            object["refused"] = "bad-number"
          }
        } catch let error as JSONError {
          object["refused"] = .string(Text(error.kind.rawValue))
        }
        return .object(object)
      })
  }

  static let cursors: [Cursor] = [
    Cursor(hub: "hub00001", seq: 0, chain: 0), Cursor(hub: "hub00001", seq: 1, chain: 0xFF),
    Cursor(hub: "k3v9x0q2m7", seq: 5_120, chain: 0xFEDC_BA98_7654_3210, isCatchingUp: true),
    Cursor(hub: Text(String(repeating: "z", count: 40)), seq: Limits.largestInteger, chain: .max),
  ]

  static let badCursors: [Text] = [
    "", "c1", "c1.hub00001.1", "c1.hub00001.1.00000000000000ff.", "c2.hub00001.1.00000000000000ff",
    "C1.hub00001.1.00000000000000ff", "c1.hub0001.1.00000000000000ff", "c1.Hub00001.1.00000000000000ff",
    "c1.hub-0001.1.00000000000000ff", "c1.hub00001.01.00000000000000ff", "c1.hub00001.-1.00000000000000ff",
    "c1.hub00001..00000000000000ff", "c1.hub00001.9007199254740992.00000000000000ff",
    "c1.hub00001.1.00000000000000FF", "c1.hub00001.1.ff", "c1.hub00001.1.000000000000000ff",
    " c1.hub00001.1.00000000000000ff", "c1.hub00001.1.00000000000000ff\n",
    "c1.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.1.00000000000000ff",
  ]

  static func cursor() -> JSON {
    .array(
      cursors.map { cursor in
        [
          "text": .string(cursor.text), "hub": .string(cursor.hub), "seq": .int(cursor.seq),
          "chain": .string(Text(Hex.encode(cursor.chain))), "catchingUp": .bool(cursor.isCatchingUp),
        ]
      })
  }

  static func chain() -> JSON {
    var chain = Chain.start
    var entries: [JSON] = []
    for (index, time) in [0, 1, Sample.noon, Sample.noon, Limits.largestInteger, -1].enumerated() {
      let hash = SHA256.hash(Sample.bytes("change \(index)"))
      chain = Chain.next(chain, hash: hash, time: time)
      entries.append([
        "seq": .int(Int64(index + 1)), "hash": .string(Text(hash.hex)), "time": .int(time),
        "chain": .string(Text(chain.hex)),
      ])
    }
    return .array(entries)
  }
}
