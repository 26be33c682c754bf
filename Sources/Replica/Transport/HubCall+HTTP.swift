public import HTTP

extension HubCall {
  /// The call as it travels over HTTP/1.1.
  ///
  /// - Parameters:
  ///   - host: the value of `Host`.
  ///   - prefix: the path of the hub's address, without a slash at its end.
  ///   - userAgent: what the program calls itself.
  ///   - proxyAuthorization: what opens the proxy on the way, if one does and wants it.
  public func bytes(
    host: String, prefix: String = "", userAgent: String, proxyAuthorization: String? = nil
  ) throws(HTTPFault) -> [UInt8] {
    var fields = [("Host", host), ("User-Agent", userAgent), ("Accept", "application/json")]
    if let token { fields.append(("Authorization", "Bearer \(token)")) }
    if let proxyAuthorization { fields.append(("Proxy-Authorization", proxyAuthorization)) }
    if method == "POST" { fields.append(("Content-Type", "application/json")) }
    return try MessageWriter.request(method: method, target: prefix + path, fields: fields, body: body)
  }
}

extension HubReply {
  /// What an answer over HTTP says.
  public init(_ response: ReceivedResponse) {
    let type = (response.fields["content-type"] ?? "").utf8.prefix { $0 != UInt8(ascii: ";") }
    let retry = response.fields["retry-after"].flatMap { Int($0) }
    self.init(
      status: response.status, mediaType: String(decoding: type.filter { $0 > 0x20 }, as: UTF8.self).lowercased(),
      retryAfterSeconds: retry.map { min(max($0, 0), 3_600) }, body: response.body)
  }
}
