/// An IP address as text.
public enum HostAddress {
  /// The one spelling of an address that a server gives for its peers; `nil` for what is no address.
  public static func normalized(_ text: String) -> String? { SocketAddress(numeric: text)?.host }

  /// Under what requests from an address are counted: an IPv4 address as it is, of IPv6 the 64 bits of its network.
  ///
  /// `address` is spelled as ``normalized(_:)`` does.
  public static func counted(_ address: String) -> String {
    guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
    return SocketAddress(numeric: address)?.network ?? address
  }
}
