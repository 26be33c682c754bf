import HTTP
import Testing

@Suite("HTTPFields")
struct HTTPFieldsTests {
  private let fields = HTTPFields([
    HTTPField("Host", "a"), HTTPField("X-List", "one, Two ,three"), HTTPField("x-LIST", "four"),
    HTTPField(name: "Raw", value: [0xFF, 0x61]),
  ])

  @Test("names are found without regard to the case of ASCII letters, and no other")
  func lookup() {
    #expect(fields["host"] == "a")
    #expect(fields["HOST"] == "a")
    #expect(fields["hos"] == nil)
    #expect(fields["x-list"] == "one, Two ,three")
    #expect(fields.values(of: "x-list") == ["one, Two ,three", "four"])
    #expect(fields.count(of: "x-list") == 2)
    #expect(HTTPFields([HTTPField("\u{212A}", "Kelvin")])["k"] == nil)
  }

  @Test("a list's tokens are found in every line")
  func tokens() {
    #expect(fields.hasToken("two", in: "x-list"))
    #expect(fields.hasToken("FOUR", in: "x-list"))
    #expect(!fields.hasToken("tw", in: "x-list"))
    #expect(!fields.hasToken("one, two", in: "x-list"))
  }

  @Test("fields keep their order, their spelling and their bytes")
  func order() {
    #expect(fields.map(\.name) == ["Host", "X-List", "x-LIST", "Raw"])
    #expect(fields[3].value == [0xFF, 0x61])
    #expect(fields["raw"] == "\u{FFFD}a")
    #expect(fields == HTTPFields(Array(fields)))
    #expect(fields != HTTPFields())
  }

  @Test("a media type is compared without its parameters, and two of them are none")
  func contentType() {
    func request(_ types: String...) -> HTTPRequest {
      HTTPRequest(method: "POST", path: "/", fields: HTTPFields(types.map { HTTPField("Content-Type", $0) }))
    }
    #expect(request("application/json").hasContentType("application/json"))
    #expect(request("Application/JSON ; charset=utf-8").hasContentType("application/json"))
    #expect(!request("application/jsonx").hasContentType("application/json"))
    #expect(!request("application/json", "text/plain").hasContentType("application/json"))
    #expect(!request().hasContentType("application/json"))
  }
}
