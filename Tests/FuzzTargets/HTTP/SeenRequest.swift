import HTTP

/// A request that a connection handed over, to be compared, judged and written out again.
struct SeenRequest: Equatable {
  let request: HTTPRequest

  init(_ request: HTTPRequest) { self.request = request }

  static func == (a: SeenRequest, b: SeenRequest) -> Bool {
    a.means(b) && a.request.fields == b.request.fields
  }

  /// Whether both ask for the same, however the body was framed.
  func means(_ other: SeenRequest) -> Bool {
    request.method == other.request.method && request.path.utf8.elementsEqual(other.request.path.utf8)
      && request.rawTarget == other.request.rawTarget && request.body == other.request.body
      && request.peer == other.request.peer && request.minorVersion == other.request.minorVersion
      && request.declaresBody == other.request.declaresBody
      && request.query.elementsEqual(other.request.query) {
        $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.utf8.elementsEqual($1.value.utf8)
      }
  }

  /// An answer that tells requests apart.
  var answer: HTTPResponse {
    HTTPResponse.text("\(request.method) \(request.path) \(request.body.count)")
  }

  /// What no route may get to see.
  func complaints(limits: HTTPLimits) -> [String] {
    var complaints: [String] = []
    func demand(_ condition: Bool, _ rule: String) { if !condition { complaints.append("a request \(rule)") } }
    demand(Self.methods.contains(request.method), "with the method \(request.method)")
    let path = Array(request.path.utf8)
    demand(path.first == UInt8(ascii: "/"), "whose path begins with no slash: \(request.path)")
    demand(!path.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }, "with a control in its path")
    let segments = request.path.split(separator: "/", omittingEmptySubsequences: false)
    demand(!segments.contains(".") && !segments.contains(".."), "with a dot segment: \(request.path)")
    demand(request.rawTarget.count <= limits.target, "with a target beyond the limit")
    demand(request.rawTarget.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "with a target of other bytes")
    demand(request.body.count <= limits.body, "with a body beyond the limit")
    demand(request.declaresBody || request.body.isEmpty, "with a body that it did not declare")
    demand(!["GET", "HEAD"].contains(request.method) || request.body.isEmpty, "\(request.method) with a body")
    return complaints + fieldComplaints(limits)
  }

  private func fieldComplaints(_ limits: HTTPLimits) -> [String] {
    var complaints: [String] = []
    func demand(_ condition: Bool, _ rule: String) { if !condition { complaints.append("a request \(rule)") } }
    let fields = request.fields
    demand(fields.count <= limits.fields, "with too many fields")
    demand(fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.count } <= limits.header, "with too long a head")
    for field in fields {
      demand(!field.name.isEmpty && field.name.utf8.allSatisfy(Self.isToken), "with a field named \(field.name)")
      let isClean = field.value.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }
      demand(isClean, "with a control in the field \(field.name)")
      let ends = [field.value.first, field.value.last]
      demand(!ends.contains { $0 == 0x20 || $0 == 0x09 }, "with blanks around the field \(field.name)")
    }
    let hosts = fields.count(of: "host")
    demand(hosts == 1 || hosts == 0 && request.minorVersion == 0, "with \(hosts) hosts")
    let lengths = fields.values(of: "content-length")
    demand(lengths.count + fields.count(of: "transfer-encoding") <= 1, "whose length is told in two ways")
    for length in lengths { demand(Int(length) == request.body.count, "of a length that is not its body's") }
    return complaints
  }

  /// The request as another client would write it, its body after its length or in chunks of so many bytes.
  func bytes(chunk: Int? = nil) -> [UInt8] {
    var bytes = Array("\(request.method) ".utf8) + request.rawTarget + " HTTP/1.\(request.minorVersion)\r\n".utf8
    for field in request.fields where !Self.framing.contains(field.name.lowercased()) {
      bytes += Array("\(field.name):".utf8) + field.value + "\r\n".utf8
    }
    guard request.declaresBody else { return bytes + "\r\n".utf8 }
    guard let chunk else {
      return bytes + Array("Content-Length: \(request.body.count)\r\n\r\n".utf8) + request.body
    }
    bytes += "Transfer-Encoding: chunked\r\n\r\n".utf8
    var rest = request.body[...]
    while !rest.isEmpty {
      let piece = rest.prefix(chunk)
      rest = rest.dropFirst(chunk)
      bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + "\r\n".utf8
    }
    return bytes + "0\r\n\r\n".utf8
  }

  private static let methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]
  private static let framing = ["content-length", "transfer-encoding", "expect"]

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
