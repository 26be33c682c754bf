public import Foundation

/// Checks the address that a person types for a hub.
public enum HubAddress {
  /// Reads an address; a token is never sent over plain http to another machine unless the user insists.
  ///
  /// - Parameters:
  ///   - text: what was typed, such as `https://hub.example.org`.
  ///   - allowsPlainHTTP: whether plain http to another machine is what the user wants.
  public static func parse(_ text: String, allowsPlainHTTP: Bool) throws -> URL {
    guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty, scheme == "http" || scheme == "https", parts.query == nil, parts.fragment == nil,
      parts.user == nil, parts.password == nil
    else {
      throw SyncFailure(
        .notTheHub, "'\(text)' is not the address of a hub.",
        advice: "It should look like https://hub.example.org or http://127.0.0.1:8642.")
    }
    if scheme == "http", !isThisMachine(host), !allowsPlainHTTP {
      throw SyncFailure(
        .notTheHub, "'\(text)' would send this replica's token over the network unprotected.",
        advice: "Use https://, or add --insecure if the network itself is private and safe.")
    }
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    guard let url = parts.url else {
      throw SyncFailure(.notTheHub, "'\(text)' is not the address of a hub.", advice: "Check how it is written.")
    }
    return url
  }

  /// Whether a host can only be this machine: its name, ::1, or an address in 127.0.0.0/8 (RFC 1122 §3.2.1.3).
  static func isThisMachine(_ host: String) -> Bool {
    let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
    if bare == "localhost" || bare == "::1" { return true }
    // A name may begin with those digits too, and then it is anybody's.
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil && $0.first != "+" }
  }
}
