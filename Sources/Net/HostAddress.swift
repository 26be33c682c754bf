/// An IP address as text.
public enum HostAddress {
  /// The one spelling of an address that a server gives for its peers; `nil` for what is no address.
  public static func normalized(_ text: String) -> String? { SocketAddress(numeric: text)?.host }
}
