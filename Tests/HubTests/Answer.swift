import HTTP
import JSON

/// What the hub answered, read as far as that is possible.
struct Answer {
  let response: HTTPResponse

  init(_ response: HTTPResponse) { self.response = response }

  var status: Int { response.status }
  /// The body; `null` if it is no JSON.
  var json: JSON { (try? JSON.parse(response.body)) ?? .null }
  /// The code of a problem.
  var code: String? { json["code"]?.text?.string }
  /// The fates of a batch, with the code of a refusal: `applied`, `rejected bad-change`.
  var fates: [String] {
    (json["results"]?.array ?? []).map { result in
      let words = [result["fate"]?.text?.string, result["code"]?.text?.string].compactMap { $0 }
      return words.joined(separator: " ")
    }
  }
  /// The entries of a page.
  var entries: [JSON] { json["entries"]?.array ?? [] }
  /// Where to read on.
  var cursor: String? { json["cursor"]?.text?.string }
  /// Whether there is more to read.
  var hasMore: Bool? { json["more"]?.boolean }

  /// The first value of a field.
  func field(_ name: String) -> String? { response.fields.first { $0.0 == name }?.1 }
}
