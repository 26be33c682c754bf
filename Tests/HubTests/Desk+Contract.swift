import HTTP
import Hub
import JSON
import TestKit
import Testing

extension Desk {
  private static let routes = Router(HubRoute.allCases.map { Route($0.method, $0.path, $0) })
  /// Beyond this an answer's body is not looked at: some tests have thousands of entries.
  private static let largestBody = 20_000

  /// Holds an answer to the contract: its status, its code, its media type, and its body.
  ///
  /// What no route answers, and a request that waits on, is left to the tests.
  func checkContract(_ answer: Answer, to http: HTTPRequest) {
    guard answer.status != 204,
      case .found(let route, _) = Self.routes.match(method: http.method, path: http.path)
    else { return }
    let code = answer.status < 400 ? nil : answer.code
    #expect(route.answers(answer.status, code: code), "\(route.rawValue): \(answer.status) \(code ?? "")")
    guard answer.status != 304, answer.response.body.count <= Self.largestBody else { return }
    let operation = Contract.openAPI["paths"]?[Text(route.path)]?[Text(route.method.lowercased())]
    let response = validator.resolved(operation?["responses"]?[Text("\(answer.status)")] ?? .null)
    let type = String(answer.field("Content-Type")?.prefix { $0 != ";" } ?? "")
    let content = response["content"]?[Text(type)]
    guard let schema = content?["schema"] else {
      Issue.record("\(route.rawValue): \(answer.status) has no such content")
      return
    }
    let body =
      type.hasSuffix("json") ? answer.json : .string(Text(String(decoding: answer.response.body, as: UTF8.self)))
    #expect(validator.faults(body, schema) == [], "\(route.rawValue): \(body)")
  }
}
