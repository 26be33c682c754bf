import Foundation
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("The contract for machines")
struct OpenAPITests {
  private let document = Contract.openAPI
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Protocol")

  @Test("what is checked in is what the program writes")
  func files() throws {
    for page in Contract.pages {
      let kept = try? Data(contentsOf: Self.folder.appendingPathComponent(page.path))
      #expect(
        kept.map { Array($0) == page.bytes } ?? false,
        "Protocol/\(page.path) is not up to date: swift run pioc-hub contract --write Protocol")
    }
    // Written for people, they say the same.
    for (page, json) in zip(Contract.pages, [document] + Contract.files.map(\.schema)) {
      #expect(try JSON.parse(page.bytes).canonical() == json.canonical(), "\(page.path)")
    }
    let schemas = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path + "/schemas")
    #expect(Set(schemas) == Set(Contract.files.map { "\($0.name).json" }))
  }

  @Test("the hub gives it to anybody, and says when it is known")
  func served() throws {
    let desk = try Desk()
    let answer = desk.get("/v1/openapi.json", token: nil)
    #expect(answer.status == 200)
    #expect(answer.response.body == document.canonical())
    #expect(answer.field("Content-Type") == "application/json")
    let tag = try #require(answer.field("ETag"))
    for (known, status) in [(tag, 304), ("W/\(tag)", 304), ("\"x\", \(tag)", 304), ("*", 304), ("\"x\"", 200)] {
      var request = Desk.http("GET", "/v1/openapi.json", token: nil, type: nil)
      request.fields.append(.init("If-None-Match", known))
      let again = desk.send(request)
      #expect(again.status == status, "\(known)")
      #expect(again.field("ETag") == tag)
      #expect(again.response.body.isEmpty == (status == 304))
    }
  }

  @Test("every route stands in it with its parameters and roles")
  func routes() throws {
    for route in HubRoute.allCases {
      let operation = try #require(document["paths"]?[Text(route.path)]?[Text(route.method.lowercased())])
      let parameters = operation["parameters"]?.array ?? []
      let named = parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.text?.string }
      #expect(
        named.sorted()
          == route.path.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }.map(String.init).sorted())
      let roles = (operation["security"]?.array ?? []).compactMap { $0.object?.members.first?.key.string }
      #expect(Set(roles) == Set((route.roles ?? []).map(\.rawValue)), "\(route.rawValue)")
      #expect((operation["requestBody"] != nil) == route.takesBody, "\(route.rawValue)")
    }
  }

  @Test("every code but those of single changes is an answer of some route")
  func codes() {
    let used = HubRoute.allCases.flatMap { route in
      ProblemCode.allCases.filter { route.answers($0.status, code: $0.rawValue) }
    }
    let unused = Set(ProblemCode.allCases).subtracting(used)
    #expect(
      unused == [
        .unknownOperation, .reservedName, .badNumber, .changeTooLarge, .recordTooLarge, .kindMismatch, .invalidField,
        .missingField, .badName, .tooLarge, .erased, .methodNotAllowed,
      ])
  }

  @Test("every reference leads to something, every schema is referred to, and every expression can be read")
  func soundness() {
    var (references, expressions): (Set<Text>, Set<Text>) = ([], [])
    collect(document, &references, &expressions)
    for reference in references {
      let steps = reference.string.dropFirst(2).split(separator: "/").map { Text(String($0)) }
      #expect(steps.reduce(Optional(document)) { $0?[$1] } != nil, "\(reference)")
    }
    for name in document["components"]?["schemas"]?.object ?? [:] {
      #expect(references.contains(Text("#/components/schemas/\(name.key)")), "\(name.key)")
    }
    for file in Contract.files { collect(file.schema, &references, &expressions) }
    #expect(expressions.count > 20)
    for expression in expressions { #expect(throws: Never.self) { try Regex(expression.string) } }
  }

  private func collect(_ json: JSON, _ references: inout Set<Text>, _ expressions: inout Set<Text>) {
    for member in json.object ?? [:] {
      if member.key == "$ref", let text = member.value.text { references.insert(text) }
      if member.key == "pattern", let text = member.value.text { expressions.insert(text) }
      collect(member.value, &references, &expressions)
    }
    for item in json.array ?? [] { collect(item, &references, &expressions) }
  }
}
