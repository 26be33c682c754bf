import HTTP
import Testing

@Suite("Router")
struct RouterTests {
  private let router = Router<String>([
    "GET /": "root", "GET /v1/records/{id}": "one", "PUT /v1/records/{id}": "put",
    "GET /v1/records/search": "search", "GET /v1/records": "all", "POST /v1/records": "add",
    "GET /v1/{kind}/{id}/history": "history", "DELETE /v1/records/{id}": "delete", "POST /v1/hook": "hook",
  ])

  private func text(_ method: String, _ path: String) -> String {
    switch router.match(method: method, path: path) {
    case .found(let name, let parameters):
      ([name] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    case .methodNotAllowed(let allow): "405 \(allow.joined(separator: ", "))"
    case .notFound: "404"
    }
  }

  @Test(
    "a method and a path find their route",
    arguments: [
      ("GET", "/", "root"), ("GET", "/v1/records", "all"), ("POST", "/v1/records", "add"),
      ("GET", "/v1/records/a b", "one id=a b"), ("PUT", "/v1/records/search", "put id=search"),
      ("GET", "/v1/records/search", "search"), ("HEAD", "/v1/records/search", "search"),
      ("GET", "/v1/event/7/history", "history id=7 kind=event"), ("GET", "/v1/records/", "404"),
      ("GET", "/v1/records/a/", "404"), ("GET", "", "404"), ("GET", "v1/records", "404"),
      ("GET", "//", "404"),
      ("POST", "/v1/records/a", "405 DELETE, GET, HEAD, PUT"), ("HEAD", "/v1/hook", "405 POST"),
      ("get", "/v1/records", "405 GET, HEAD, POST"), ("GET", "/v1/Records", "404"),
    ])
  func matches(_ method: String, _ path: String, _ expected: String) {
    #expect(text(method, path) == expected)
  }

  @Test("paths are compared as bytes: another normal form is another path")
  func bytes() {
    let router = Router<Int>(["GET /caf\u{E9}": 1])
    guard case .found = router.match(method: "GET", path: "/caf\u{E9}") else { return #expect(Bool(false)) }
    guard case .notFound = router.match(method: "GET", path: "/cafe\u{301}") else {
      return #expect(Bool(false))
    }
  }

  @Test("the table can be read")
  func table() {
    #expect(router.routes.count == 9)
    #expect(router.routes[1].method == "GET")
    #expect(router.routes[1].path == "/v1/records/{id}")
  }

  @Test("a route that stands there twice is a programmer's error")
  func duplicate() async {
    await #expect(processExitsWith: .failure) { _ = Router<Int>(["GET /a": 1, "GET /a": 2]) }
  }
}
