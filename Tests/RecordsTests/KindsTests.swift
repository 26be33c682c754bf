import JSON
import Records
import Testing

@Suite("The table")
struct KindsTests {
  @Test("names and options occur once in a kind, and are fit for paths and command lines")
  func names() {
    for kind in Kinds.all {
      #expect(Set(kind.fields.map(\.name)).count == kind.fields.count)
      #expect(Set(kind.fields.map(\.option)).count == kind.fields.count)
      #expect(kind.field(kind.titleField)?.isRequired ?? false)
      #expect(Kinds.named(kind.name) === kind)
      for field in kind.fields {
        #expect(
          field.option.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-")
          })
        #expect(field.isKeyed || field.maximumElements == 1 || field.type == .authors)
        #expect(!field.help.isEmpty && !field.label.isEmpty)
      }
    }
    #expect(Kinds.named("project") == nil)
    #expect(Kinds.event.field("mood") == nil)
  }

  @Test("whatever tells about a person is marked")
  func personal() {
    let open = Kinds.contact.fields.filter { !$0.isPersonal }.map(\.name)
    #expect(open == ["kind", "languages", "areas", "topics", "url", "language", "visibility", "owner"])
  }
}
