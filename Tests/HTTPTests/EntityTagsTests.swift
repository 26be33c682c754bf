import HTTP
import Testing

@Suite("Entity tags of a condition")
struct EntityTagsTests {
  private static func tags(_ values: String...) -> EntityTags? {
    EntityTags(HTTPFields(values.map { HTTPField("If-Match", $0) }), "if-match")
  }

  @Test(
    "a tag is found in a list, on any line, and compared strongly or weakly",
    arguments: [
      ([#""a""#], true, true), ([#"W/"a""#], false, true), ([#""b", "a""#], true, true),
      ([#""b","#, #""a""#], true, true),
      ([" , \"b\"  ,,\tW/\"x,y\" , \"a\""], true, true), ([#""x,"a""#], false, false), ([#""A""#], false, false),
      ([#"w/"a""#], false, false), (["a"], false, false), ([#""a"#], false, false), ([#"""#], false, false),
      (["*"], false, false), ([""], false, false), ([","], false, false), ([#"a"a""#], false, false),
      ([#"W/, "a""#], true, true), ([#""a"x"#], true, true),
    ])
  func compared(values: [String], strongly: Bool, weakly: Bool) throws {
    let tags = try #require(EntityTags(HTTPFields(values.map { HTTPField("If-Match", $0) }), "if-match"))
    #expect(tags.matchesStrongly(#""a""#) == strongly, "\(values)")
    #expect(tags.matchesWeakly(#""a""#) == weakly, "\(values)")
  }

  @Test("a star is any, and no field is no condition")
  func any() {
    #expect(Self.tags("*")?.isAny == true)
    #expect(Self.tags(#""a", *"#)?.isAny == true)
    #expect(Self.tags("**")?.isAny == false)
    #expect(Self.tags() == nil)
    #expect(EntityTags(HTTPFields([HTTPField("If-None-Match", "*")]), "if-match") == nil)
  }

  @Test("what is named tells conditions apart, however it is spelled")
  func bytes() {
    #expect(Self.tags(#""a","b""#)?.bytes == Self.tags(#" "a""#, #""b""#)?.bytes)
    let different = [Self.tags("*"), Self.tags(#""a""#), Self.tags(#"W/"a""#), Self.tags(#""a","b""#), Self.tags("")]
    #expect(Set(different.map { $0?.bytes }).count == 5)
  }
}
