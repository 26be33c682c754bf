import Crypto
import JSON
import Sync
import Testing

@Suite("Names, ids and cursors")
struct IdentityTests {
  @Test(
    "a change's name reads back as it was written",
    arguments: ["ab-00000:1:0000000000000000", "cebu-city-3d9fp:9007199254740991:ffffffffffffffff"])
  func name(text: String) {
    #expect(ChangeName(Text(text))?.description == text)
    #expect(ChangeName(Text(text))?.text == Text(text))
  }

  @Test(
    "any other spelling of a name is refused",
    arguments: [
      "", ":", "::", "ab-00000:1", "ab-00000:1:00000000000000aa:", "ab-00000:0:00000000000000aa",
      "ab-00000:01:00000000000000aa", "ab-00000:+1:00000000000000aa", "ab-00000:-1:00000000000000aa",
      "ab-00000:9007199254740992:00000000000000aa", "ab-00000:99999999999999999999:00000000000000aa",
      "ab-00000::00000000000000aa", "ab-00000:1:00000000000000AA", "ab-00000:1:0000000000000aa",
      "ab-00000:1:000000000000000aa", "ab-00000:1:0x000000000000aa", " ab-00000:1:00000000000000aa",
      "AB-00000:1:00000000000000aa", "ab-00000:\u{661}:00000000000000aa",
    ])
  func badName(text: String) {
    #expect(ChangeName(Text(text)) == nil)
  }

  @Test("names are ordered by replica, then by number, then by hash, and never by text")
  func nameOrder() {
    let ordered = [
      "ab-00000:9:ffffffffffffffff", "ab-00000:10:0000000000000000", "ab-00000:10:0000000000000001",
      "ab-c-00000:1:0000000000000000", "abc-00000:1:0000000000000000",
    ].map { Sample.name(Text($0)) }
    #expect(ordered.reversed().sorted() == ordered)
    for (index, name) in ordered.enumerated() {
      for other in ordered[index...] { #expect(!(other < name)) }
    }
  }

  @Test("a record's id reads back as it was written, as text and as bytes")
  func recordID() {
    let text = "01912345-6789-7abc-8def-0123456789ab"
    #expect(RecordID(Text(text))?.description == text)
    #expect(RecordID(bytes: Sample.record.bytes) == Sample.record)
    #expect(RecordID(0).description == "00000000-0000-0000-0000-000000000000")
    #expect(RecordID(Text(RecordID(UInt128.max).description)) == RecordID(UInt128.max))
    #expect(RecordID(bytes: Array(Sample.record.bytes.dropLast())) == nil)
    #expect(Sample.record < Sample.otherRecord)
  }

  @Test(
    "any other spelling of a record's id is refused",
    arguments: [
      "", "01912345-6789-7abc-8def-0123456789a", "01912345-6789-7abc-8def-0123456789abc",
      "01912345-6789-7abc-8def-0123456789aB", "0191234567897abc8def0123456789ab0000",
      "01912345-6789-7abc-8def 0123456789ab", "{1912345-6789-7abc-8def-0123456789ab",
      "01912345-6789-7abc-8def-0123456789ag", "0191234-56789-7abc-8def-0123456789ab",
    ])
  func badRecordID(text: String) {
    #expect(RecordID(Text(text)) == nil)
  }

  @Test("made ids bear version and variant, and a time in front; derived ones are the same everywhere")
  func madeIDs() {
    let early = RecordID(milliseconds: Sample.noon, random: Array(repeating: 0xFF, count: 10))
    let late = RecordID(milliseconds: Sample.noon + 1, random: Array(repeating: 0, count: 10))
    #expect(early < late)
    #expect(early.bytes[6] >> 4 == 7 && early.bytes[8] >> 6 == 2)
    #expect(late.bytes[6] >> 4 == 7 && late.bytes[8] >> 6 == 2)
    let derived = RecordID(kind: "event", foreignKey: "x")
    #expect(derived.bytes[6] >> 4 == 8 && derived.bytes[8] >> 6 == 2)
    #expect(derived.description == "b337b8b6-950f-83b0-a09f-d4beaddabdfe")
    #expect(derived != RecordID(kind: "eventx", foreignKey: ""))
    #expect(RecordID(milliseconds: -1, random: []).bytes[6] >> 4 == 7)
  }

  @Test(
    "a replica's id tells its member",
    arguments: [("ab-00000", "ab"), ("cebu-city-3d9fp", "cebu-city"), ("a1-b2c3d", "a1")])
  func member(id: String, member: String) {
    #expect(ReplicaID(Text(id))?.member.description == member)
  }

  @Test(
    "other ids of replicas are refused",
    arguments: [
      "", "bogota", "a-00000", "ab-0000", "ab-0000i", "ab-0000u", "ab--00000", "-ab-00000", "AB-00000",
      "ab_00000",
      "ab-000000", "ab-00000 ", "b\u{F3}gota-00000", "12345678901234567890123456789012345678901-00000",
    ])
  func badReplica(text: String) {
    #expect(ReplicaID(Text(text)) == nil)
  }

  @Test("a replica's id can be made from random bytes")
  func madeReplica() throws {
    let member = try #require(MemberName("bogota"))
    #expect(ReplicaID(member: member, random: [0, 0, 0, 0])?.description == "bogota-00000")
    #expect(ReplicaID(member: member, random: [0xFF, 0xFF, 0xFF, 0xFF])?.description == "bogota-zzzzz")
    #expect(ReplicaID(member: member, random: [1]) == nil)
  }

  @Test("the same name in another order of bytes stays one order for all paths")
  func pathOrder() {
    let ordered: [Path] = [
      .life, Path("areas", "a"), Path("areas", "\u{FF61}"), Path("areas", "\u{1F54A}"), Path("points"),
      Path("points", ""), Path("points", "k"), .position(of: "points", item: "k"), Path("title"),
    ]
    #expect(ordered.reversed().sorted() == ordered)
    #expect(!(Path("a") < Path("a")) && !(Path("a", "b") < Path("a")))
    #expect(Path.position(of: "points", item: "k").isPosition && !Path("position").isPosition)
  }

  @Test("a value of life reads back, and its lists come in one order")
  func life() {
    let names = [
      Sample.name("bogota-7kq2m:10:00000000000000aa"), Sample.name("bogota-7kq2m:9:00000000000000aa"),
    ]
    let value = LifeValue.deleted([Path("b"): Set(names), Path("a"): [names[0]]])
    #expect(LifeValue(value.json) == value)
    let text =
      #"{"deleted":{"bogota-7kq2m:10:00000000000000aa":[["a"],["b"]],"bogota-7kq2m:9:00000000000000aa":[["b"]]}}"#
    #expect(value.json.description == text)
    #expect(value.json.canonical() == Sample.bytes(text))
    #expect(LifeValue(.string("alive")) == .alive)
  }
}
