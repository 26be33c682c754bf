import JSON
import Sync

/// A body that refuses a whole request, and how.
struct BadRequest {
  let name: String
  let status: Int
  let code: String
  let body: String

  init(_ name: String, _ status: Int, _ code: String, _ body: String) {
    self.name = name
    self.status = status
    self.code = code
    self.body = body
  }

  /// Bodies of `POST /v1/changes` from a replica of which the hub holds two changes, the second being `second`.
  static func batches(_ scribe: Scribe, other: Scribe, second: String) throws -> [BadRequest] {
    let record = Desk.record(1)
    func title(_ n: Int64) -> String { scribe.title(n, record, "title \(n)") }
    func batch(_ changes: String...) -> String { Scribe.batch(changes) }
    let many = (3...1_003).map { title(Int64($0)) }
    let foreign = other.title(4, record, "foreign")
    return jsonFaults(scribe) + withoutFate(scribe) + [
      BadRequest("no list", 400, "bad-request", "{}"),
      BadRequest("another list", 400, "bad-request", #"{"change":[]}"#),
      BadRequest("1001 changes", 413, "batch-too-large", Scribe.batch(many)),
      BadRequest("a gap", 409, "gap", batch(title(4))),
      BadRequest("a gap before a far number", 409, "gap", batch(title(9_007_199_254_740_991))),
      BadRequest("a hole inside", 409, "gap", batch(title(3), title(5))),
      BadRequest("the wrong order", 409, "gap", batch(title(4), title(3))),
      BadRequest("the same number twice", 409, "gap", batch(title(3), title(3))),
      BadRequest("back into what is held", 409, "gap", batch(title(3), second)),
      BadRequest("another replica's change", 403, "forbidden", batch(title(3), foreign, title(5))),
      BadRequest("another replica's change alone", 403, "forbidden", batch(other.title(1, record, "foreign"))),
      try BadRequest("another replica's void", 403, "forbidden", batch(title(3), other.void(of: foreign))),
      BadRequest("another hash at a held number", 409, "forked", batch(scribe.title(2, record, "not it"), title(3))),
      try BadRequest("a void of another hash there", 409, "forked", batch(scribe.void(of: title(2)))),
      BadRequest(
        "a void without a hash", 422, "bad-change",
        batch(title(3), #"{"void":{"n":4,"record":"\#(record)","replica":"\#(scribe.id)"}}"#)),
      BadRequest("a void that is a text", 422, "bad-change", batch(title(3), #"{"void":"x"}"#)),
    ]
  }

  /// Bodies that are no JSON, or not the JSON that this protocol takes.
  static func jsonFaults(_ scribe: Scribe) -> [BadRequest] {
    let good = scribe.title(3, Desk.record(1), "title")
    func changed(_ old: String, _ new: String) -> String { Scribe.batch([good.replacing(old, with: new)]) }
    func deep(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    let bodies: [(String, String)] = [
      ("nothing", ""), ("no JSON", "nonsense"), ("a cut body", String(Scribe.batch([good]).dropLast())),
      ("a tail", Scribe.batch([good]) + "x"), ("two values", Scribe.batch([good]) + "{}"),
      ("a byte order mark", "\u{FEFF}" + Scribe.batch([good])),
      ("a comma too many", #"{"changes":[\#(good),]}"#), ("the list twice", #"{"changes":[],"changes":[\#(good)]}"#),
      ("a key twice in a change", changed("\"at\":1", "\"at\":1,\"at\":1")),
      ("a key twice in an operation", changed("\"put\":", "\"value\":1,\"put\":")),
      ("a key twice in a value", changed("\"title\"}", #"{"a":1,"a":2}}"#)),
      ("a key twice, once escaped", changed("\"at\":1", #""at":1,"\u0061t":1"#)),
      ("a lone surrogate", changed("\"title\"}", #""\ud800"}"#)),
      ("a control character", changed("\"title\"}", "\"a\u{1}b\"}")),
      ("65 levels", #"{"x":\#(deep(64)),"changes":[\#(good)]}"#),
      ("a hundred thousand levels", #"{"changes":\#(deep(100_000))}"#),
      ("a hundred thousand levels in a change", changed("\"title\"}", deep(100_000) + "}")),
      (
        "10,001 members", #"{"changes":[\#(good)],"x":{\#((0...10_000).map { "\"\($0)\":1" }.joined(separator: ","))}}"#
      ),
      ("NaN", changed("\"at\":1", "\"at\":NaN")), ("a plus sign", changed("\"at\":1", "\"at\":+1")),
      ("a leading zero", changed("\"at\":1", "\"at\":01")), ("single quotes", "{'changes':[]}"),
    ]
    let others = ["null", "{}", "7"].map { list in
      BadRequest("\(list) for the list", 400, "bad-request", "{\"changes\":\(list)}")
    }
    return bodies.map { BadRequest($0.0, 400, "bad-json", $0.1) } + others
  }

  /// Changes that name no dot, record, time or kind: no fate can be given to them.
  static func withoutFate(_ scribe: Scribe) -> [BadRequest] {
    let good = scribe.title(3, Desk.record(1), "title")
    let replacements: [(old: String, new: [String])] = [
      (
        "\"n\":3",
        [
          "0", "-1", "9007199254740992", "9223372036854775807", "9223372036854775808", "1e400", "3.0", "3e0", "\"3\"",
          "null", "[3]", "true", "-0",
        ].map { "\"n\":\($0)" } + ["\"m\":3"]
      ),
      (
        "\"at\":1",
        [
          "9007199254740992", "-9007199254740992", "-9223372036854775808", "99999999999999999999", "1.5", "\"1\"",
          "null", "{}",
        ].map { "\"at\":\($0)" } + ["\"a\":1"]
      ),
      (
        "\"kind\":\"event\"",
        ["\"kind\":\"\"", "\"kind\":\"\(String(repeating: "k", count: 41))\"", "\"kind\":1", "\"k\":\"event\""]
      ),
      (
        "\"record\":\"\(Desk.record(1))\"",
        [
          "\"record\":\"\(Desk.record(1).description.uppercased())\"", "\"record\":\"\"", "\"record\":null", "\"r\":1",
          "\"record\":\"\(Desk.record(1).description.replacing("-", with: ""))\"",
        ]
      ),
      (
        "\"replica\":\"\(scribe.id)\"",
        [
          "\"replica\":\"Bogota-7kq2m\"", "\"replica\":\"bogota\"", "\"replica\":\"\"", "\"replica\":7", "\"r\":1",
          "\"replica\":\"-7kq2m\"", "\"replica\":\"bogotá-7kq2m\"", "\"replica\":\"bogota-7kq2l\"",
        ]
      ),
      (
        "\"at\":1",
        ["\"was\":\"x\",\"at\":1", "\"was\":null,\"at\":1", "\"was\":\"bogota-7kq2m:01:872bdab97ce60af1\",\"at\":1"]
      ),
    ]
    var found: [BadRequest] = []
    for (old, news) in replacements {
      for new in news {
        found.append(BadRequest(new, 422, "bad-change", Scribe.batch([good.replacing(old, with: new)])))
      }
    }
    for element in ["1", "null", "\"x\"", "[]", "{}"] {
      found.append(BadRequest("the element \(element)", 422, "bad-change", Scribe.batch([good, element])))
    }
    return found
  }

  /// Bodies of `POST /v1/sync` that are refused before the handshake is compared.
  static func syncs(_ scribe: Scribe, other: Scribe) -> [BadRequest] {
    let good = scribe.syncBody(limit: "5")
    let hash = String(repeating: "0", count: 64)
    func changed(_ old: String, _ new: String) -> String { good.replacing(old, with: new) }
    var found = [
      BadRequest("an array", 400, "bad-request", "[]"), BadRequest("nothing said", 400, "unsupported-protocol", "{}"),
      BadRequest("another replica", 403, "forbidden", other.syncBody()),
      BadRequest("a key twice", 400, "bad-json", changed("\"protocol\":1", "\"protocol\":1,\"protocol\":1")),
    ]
    for version in ["2", "0", "\"1\"", "1.0", "null", "9223372036854775808"] {
      found.append(
        BadRequest(
          "protocol \(version)", 400, "unsupported-protocol", changed("\"protocol\":1", "\"protocol\":\(version)")))
    }
    for own in ["-1", "9007199254740992", "9223372036854775808", "1.0", "\"1\"", "null"] {
      found.append(BadRequest("own \(own)", 400, "bad-request", changed("\"own\":1000000", "\"own\":\(own)")))
      found.append(BadRequest("acknowledged \(own)", 400, "bad-request", changed("\"n\":0", "\"n\":\(own)")))
    }
    for point in ["null", "{}", "{\"n\":0}", "{\"hash\":\"\(hash)\"}", "{\"hash\":\"0\",\"n\":0}", "0"] {
      let body = changed("{\"n\":0,\"hash\":\"\(hash)\"}", point)
      found.append(BadRequest("acknowledged \(point)", 400, "bad-request", body))
    }
    for limit in ["-1", "1001", "9223372036854775807"] {
      found.append(BadRequest("limit \(limit)", 400, "bad-request", changed("\"limit\":5", "\"limit\":\(limit)")))
    }
    let cursors = [
      "null", "1", "\"\"", "\"x\"", "\"c1.hub\"", "\"c2.aaaaaaaa.0.0000000000000000\"",
      "\"c1.aaaaaaaa.-1.0000000000000000\"",
      "\"c1.aaaaaaaa.01.0000000000000000\"", "\"c1.aaaaaaaa.9007199254740992.0000000000000000\"",
      "\"c1.aaaaaaaa.1.000000000000000\"", "\"c1.aaaaaaaa.1.00000000000000AB\"", "\"c1.AAAAAAAA.1.0000000000000000\"",
    ]
    for cursor in cursors {
      for member in ["cursor", "furthest"] {
        let body = changed("\"limit\":5", "\"limit\":5,\"\(member)\":\(cursor)")
        found.append(BadRequest("\(member) \(cursor)", 400, "bad-cursor", body))
      }
    }
    return found
  }
}
