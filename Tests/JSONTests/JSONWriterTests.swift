import JSON
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
  @Test("pieces are put together with the commas where they belong")
  func pieces() throws {
    var writer = JSONWriter(Array("# ".utf8))
    let name: Text = "na\"me"
    let slice = Array("x[1,2]x".utf8)[1..<6]
    writer.beginObject()
    writer.key("a")
    writer.string("é\n")
    writer.key(name)
    writer.beginArray()
    writer.int(.min)
    writer.bool(true)
    writer.bool(false)
    writer.null()
    writer.string(name)
    writer.raw(Array("{}".utf8))
    writer.raw(slice)
    slice.withUnsafeBytes { writer.raw($0) }
    writer.beginObject()
    writer.endObject()
    writer.beginArray()
    writer.endArray()
    writer.value(["k": 1])
    writer.endArray()
    writer.key("\u{1f}é")
    writer.beginObject()
    writer.key("x")
    writer.int(0)
    writer.endObject()
    writer.endObject()
    let expected =
      #"# {"a":"é\n","na\"me":[-9223372036854775808,true,false,null,"na\"me",{},[1,2],[1,2],{},[],{"k":1}],"#
      + #""\u001fé":{"x":0}}"#
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    #expect(throws: Never.self) { try JSON.parse(writer.bytes[2...]) }
  }

  @Test("bytes taken away in between change nothing of what follows")
  func streaming() {
    var writer = JSONWriter()
    var sent: [UInt8] = []
    writer.beginArray()
    for number in 0..<3 as Range<Int64> {
      writer.int(number)
      sent += writer.bytes
      writer.bytes.removeAll(keepingCapacity: true)
    }
    writer.endArray()
    sent += writer.bytes
    #expect(sent == Array("[0,1,2]".utf8))
  }

  @Test("any value is written as by the value itself")
  func agreesWithValues() {
    var random = RandomJSON(seed: 5)
    for _ in 0..<500 {
      let value = random.value()
      var writer = JSONWriter()
      write(value, to: &writer)
      #expect(writer.bytes == value.write())
    }
  }

  private func write(_ value: JSON, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let boolean): writer.bool(boolean)
    case .int(let integer): writer.int(integer)
    case .number(let text): writer.raw(text.bytes)
    case .string(let text): writer.string(text.string)
    case .array(let elements):
      writer.beginArray()
      for element in elements { write(element, to: &writer) }
      writer.endArray()
    case .object(let object):
      writer.beginObject()
      for member in object {
        writer.key(member.key)
        write(member.value, to: &writer)
      }
      writer.endObject()
    }
  }
}
