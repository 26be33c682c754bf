import Crypto
import JSON
import Sync
import Testing

@Suite("The golden vectors")
struct VectorTests {
  @Test("the files are written anew when that is asked for", .enabled(if: VectorFile.isWriting))
  func write() throws {
    try VectorFile.merge.write(["histories": .array(MergeVector.histories().map(\.json))])
    try VectorFile.canonical.write(["texts": OtherVectors.canonical()])
    try VectorFile.cursor.write([
      "cursors": OtherVectors.cursor(), "refused": .array(OtherVectors.badCursors.map { .string($0) }),
    ])
    try VectorFile.chain.write(["entries": OtherVectors.chain()])
    try VectorFile.feed.write([
      "entries": .array(FeedVectors.entries()), "refused": .array(FeedVectors.refused.map { .string($0) }),
    ])
  }

  @Test("histories give the states, hashes and conflicts of the file, and those of the naive model")
  func merge() throws {
    let histories = try VectorFile.merge.list("histories")
    #expect(histories.count >= 8)
    for json in histories {
      let vector = try MergeVector(json)
      #expect(vector.json.canonical() == json.canonical(), "\(vector.title)")
      #expect(NaiveModel.View(vector.state) == (try vector.naiveView()), "\(vector.title)")
      for step in json["steps"]?.array ?? [] {
        let bytes = try #require(step["bytes"]?.text?.bytes)
        #expect(try JSON.parse(bytes).canonical() == bytes)
        #expect(step["hash"] == .string(Text(SHA256.hash(bytes).hex)))
        #expect(step["name"]?.text?.string == (try NaiveChange(bytes)).name)
      }
      let state = try #require(json["state"]?.text?.bytes)
      #expect(try RecordState(canonicalBytes: state) == vector.state)
      #expect(json["hash"] == .string(Text(SHA256.hash(state).hex)))
    }
  }

  @Test("texts become the canonical bytes of the file, or are refused")
  func canonical() throws {
    let texts = try VectorFile.canonical.list("texts")
    #expect(texts.count >= 15)
    for json in texts {
      let text = try #require(json["text"]?.text?.bytes)
      let parsed = try? JSON.parse(text)
      if let wanted = json["canonical"]?.text?.bytes {
        #expect(parsed?.canonical() == wanted, "\(json)")
        #expect(json["sha256"] == .string(Text(SHA256.hash(wanted).hex)))
        #expect(try JSON.parse(wanted).canonical() == wanted)
      } else {
        #expect(json["refused"] != nil)
        #expect(parsed.map(\.isCanonicalizable) != true, "\(json)")
      }
    }
  }

  @Test("cursors read and are written as in the file, and others are refused")
  func cursor() throws {
    let cursors = try VectorFile.cursor.list("cursors")
    #expect(cursors.count >= 4)
    for json in cursors {
      let text = try #require(json["text"]?.text)
      let cursor = try #require(Cursor(text))
      #expect(cursor.text == text && .string(cursor.hub) == json["hub"] && .int(cursor.seq) == json["seq"])
      #expect(.string(Text(Hex.encode(cursor.chain))) == json["chain"])
      #expect(.bool(cursor.isCatchingUp) == json["catchingUp"])
    }
    let refused = try VectorFile.cursor.list("refused")
    #expect(refused.count >= 10)
    for json in refused { #expect(json.text.flatMap { Cursor($0) } == nil, "\(json)") }
  }

  @Test("the chain runs as in the file")
  func chain() throws {
    let entries = try VectorFile.chain.list("entries")
    #expect(entries.count >= 4)
    var chain = Chain.start
    for json in entries {
      let hash = try #require(json["hash"]?.text.flatMap { Digest(hex: $0.bytes) })
      chain = Chain.next(chain, hash: hash, time: try #require(json["time"]?.integer))
      #expect(json["chain"] == .string(Text(chain.hex)))
    }
  }

  @Test("entries of the feed mean what the file says")
  func feed() throws {
    let entries = try VectorFile.feed.list("entries")
    #expect(entries.count >= 6)
    for json in entries {
      let text = try #require(json["entry"]?.text?.string)
      #expect(FeedVectors.meaning(try FeedVectors.read(text)).canonical() == json["meaning"]?.canonical())
    }
  }

  @Test("entries that the file calls wrong make the whole answer void", arguments: FeedVectors.refused)
  func wrongFeed(entry: Text) throws {
    #expect(try VectorFile.feed.list("refused").contains(.string(entry)))
    #expect(throws: MessageError.self) { try FeedVectors.read(entry.string) }
  }
}
