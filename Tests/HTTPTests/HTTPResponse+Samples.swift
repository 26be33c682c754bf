import HTTP

/// The answers of the sample routes.
extension HTTPResponse {
  static var notFound: HTTPResponse { problem(status: 404, code: "http-not-found") }

  static func methodNotAllowed(allow: [String]) -> HTTPResponse {
    problem(status: 405, code: "http-method-not-allowed", fields: [("Allow", allow.joined(separator: ", "))])
  }

  static func unsupportedMediaType(accept: [String]) -> HTTPResponse {
    problem(status: 415, code: "http-media-type", fields: [("Accept", accept.joined(separator: ", "))])
  }
}
