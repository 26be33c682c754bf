public import Foundation

/// A proxy that carries plain http on, as `http_proxy` and `no_proxy` name it.
///
/// Only the small letters count: a web server hands `HTTP_PROXY` on from anybody's request. Calls to this machine never
/// go through a proxy: a token that was allowed over plain http because it stays here would leave it.
public struct HTTPProxy: Hashable, Sendable {
  /// The proxy's name or address.
  public let host: String
  /// Its port.
  public let port: Int
  /// The value of `Proxy-Authorization`, where the address holds a name and a password (RFC 7617).
  public let authorization: String?

  /// The proxy for an address; `nil` if there is none, or none for this address.
  public init?(for base: URL, environment: [String: String]) {
    guard base.scheme?.lowercased() == "http", let target = base.host, !HubAddress.isThisMachine(target),
      !Self.isExempt(target, port: base.port ?? 80, environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""),
      let text = environment["http_proxy"] ?? environment["all_proxy"], !text.isEmpty
    else { return nil }
    self.init(text)
  }

  /// Reads `http://name:password@host:port`; a proxy of another kind is none that can be used.
  private init?(_ text: String) {
    guard let parts = URLComponents(string: text.contains("://") ? text : "http://" + text),
      parts.scheme?.lowercased() == "http", let host = parts.host, !host.isEmpty
    else { return nil }
    self.host = host
    port = parts.port ?? 80
    authorization = parts.user.map { user in
      "Basic " + Data("\(user):\(parts.password ?? "")".utf8).base64EncodedString()
    }
  }

  /// Whether `no_proxy` names a host: `*`, a name with all that ends in it, or an address; each with or without a port.
  private static func isExempt(_ host: String, port: Int, _ list: String) -> Bool {
    let host = host.lowercased()
    return list.split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
      var name = entry.lowercased()
      if name == "*" { return true }
      if let colon = name.lastIndex(of: ":"), let wanted = Int(name[name.index(after: colon)...]), !name.hasSuffix("]"),
        name.firstIndex(of: ":") == colon
      {
        guard wanted == port else { return false }
        name = String(name[..<colon])
      }
      while name.hasPrefix(".") || name.hasPrefix("*.") { name.removeFirst() }
      return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }
  }
}
