import JSON
import Sync

/// A change that is refused alone, and with which code.
struct RefusedExample {
  let name: String
  let code: String
  let change: String

  /// Changes with this number by this replica; the record exists and is an event.
  static func all(_ scribe: Scribe, n: Int64, record: RecordID) -> [RefusedExample] {
    func change(_ name: String, _ code: String, _ ops: String, kind: String = "event", extra: String = "")
      -> RefusedExample
    {
      RefusedExample(name: name, code: code, change: scribe.change(n, record, ops, kind: kind, extra: extra))
    }
    let title = Scribe.put("title", "refused")
    let reserved = [
      "acked", "chain", "erased", "fate", "hash", "hub", "hub_seq", "member", "received", "role", "seq", "time",
      "token",
    ]
    let name = "bogota-aaaaa:1:0000000000000000"
    let names = (1...4_001).map { "\"bogota-aaaaa:\($0):0000000000000000\"" }.joined(separator: ",")
    let operations = (1...2_001).map { #"{"put":["x","\#($0)"],"value":1}"# }.joined(separator: ",")
    let long = String(repeating: "x", count: 262_144)
    return reserved.map { change("sets \($0)", "reserved-name", title, extra: ",\"\($0)\":1") }
      + ["1.0", "1e3", "-0", "1.5", "9007199254740992", "-9007199254740992", "9223372036854775808", "1e999"].map {
        change("the number \($0)", "bad-number", #"{"put":["x"],"value":\#($0)}"#)
      }
      + ["[1.5]", "{\"a\":1e0}"].map { change("a member \($0)", "bad-number", title, extra: ",\"x\":\($0)") }
      + [
        #"{"put":["title"]}"#, #"{"value":"x"}"#, #"{"erase":false}"#, #"{"erase":1}"#, #"{"erase":true,"x":1}"#, "{}",
        #"{"put":["title"],"value":"x","if":1}"#, #"{"drop":["x","y"],"value":1}"#, #"{"add":["x"],"value":1}"#,
      ].map {
        change("the operation \($0)", "unknown-operation", $0)
      }
      + [
        "", "1", "null", "\"erase\"", "[]", "\(title),\(title)", "\(title),{\"erase\":true}",
        "{\"erase\":true},{\"erase\":true}", #"{"put":["x"],"value":1},{"drop":["x"]}"#, operations,
      ].map {
        change("the operations \($0.prefix(80))", "bad-change", $0)
      }
      + [
        "[]", "[\"\"]", "[1]", "[\"x\",1]", "[\"x\",\"y\",\"z\"]", "\"x\"", "null", "[\"x\",null]", "[\"x\",\"\"]",
        "[\"1x\"]", "[\"x y\"]", "[\"é\"]", "[\"@life\",\"x\"]", "[\"x@position\"]", "[\"x@y\",\"z\"]",
        "[\"x\",\"\\u0001\"]",
        "[\"x\",\"\\u007f\"]", "[\"\(String(repeating: "x", count: 65))\"]",
        "[\"x\",\"\(String(repeating: "x", count: 2_049))\"]",
      ].map {
        change("the path \($0.prefix(80))", "bad-change", "{\"put\":\($0),\"value\":1}")
      }
      + [
        "null", "\"x\"", "{}", "[1]", "[\"x\"]", "[\"\(name)0\"]", "[\"Bogota-aaaaa:1:0000000000000000\"]",
        "[\"bogota-aaaaa:0:0000000000000000\"]", "[\"\(name.uppercased())\"]", "[\(names)]",
      ].map {
        change("over \($0.prefix(80))", "bad-change", "{\"put\":[\"x\"],\"value\":1,\"over\":\($0)}")
      }
      + [
        "\"x\"", "null", "{}", "{\"deleted\":1}", "{\"deleted\":{\"x\":[]}}", "{\"deleted\":{},\"x\":1}",
        "{\"deleted\":{\"\(name)\":1}}", "{\"deleted\":{\"\(name)\":[[]]}}",
      ].map {
        change("the life \($0)", "bad-change", "{\"put\":[\"@life\"],\"value\":\($0)}")
      }
      + [
        change("drops its life", "bad-change", #"{"drop":["@life"]}"#),
        change("256 KiB and a bit", "change-too-large", #"{"put":["x"],"value":"\#(long)"}"#),
        change("another kind", "kind-mismatch", title, kind: "contact"),
        change("a bad field", "invalid-field", Scribe.put("when", "soon")),
        change("a cleared title", "missing-field", #"{"put":["title"],"value":null}"#),
        change("a foreign former name", "bad-name", title, extra: ",\"was\":\"durban-aaaaa:1:0000000000000000\""),
        change("a life for a kind", "bad-change", title, kind: "@life"),
        change("its own former name", "bad-name", title, extra: ",\"was\":\"\(scribe.id):9:0000000000000000\""),
        change("a kind with blanks", "bad-change", title, kind: "an event"),
        RefusedExample(
          name: "no operations", code: "bad-change",
          change: change("", "", title).change.replacing("\"ops\"", with: "\"op\"")),
      ]
  }
}
