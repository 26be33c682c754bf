/// The host and port of a `Host` field or an absolute target (RFC 9110 §7.2, RFC 3986 §3.2).
enum Authority {
  /// Whether this is a host with an optional port; a user name, an empty host and a list are refused.
  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let port = afterHost(bytes) else { return false }
    guard let mark = port.first else { return true }
    guard mark == .colon else { return false }
    let digits = port.dropFirst()
    guard !digits.isEmpty else { return true }
    guard let number = digits.decimal else { return false }
    return number <= 65_535
  }

  /// Whether both name one place: hosts without regard to case, a missing port the same as 80.
  static func areSame(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    let (first, second) = (withoutDefaultPort(left), withoutDefaultPort(right))
    return first.count == second.count && zip(first, second).allSatisfy { $0.lowercased == $1.lowercased }
  }

  /// What follows a valid host: nothing, or a port with its colon.
  private static func afterHost(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if bytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let address = bytes[(bytes.startIndex + 1)..<end]
      let isAddress = address.allSatisfy {
        $0.hexValue != nil || $0 == .colon || $0 == UInt8(ascii: ".")
      }
      return isAddress && address.contains(.colon) ? bytes[(end + 1)...] : nil
    }
    let rest = bytes.drop(while: \.isHostName)
    return rest.count < bytes.count ? rest : nil
  }

  private static func withoutDefaultPort(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let rest = afterHost(bytes) else { return bytes }
    return rest.isEmpty || rest.dropFirst().decimal == 80 || rest.count == 1
      ? bytes[bytes.startIndex..<rest.startIndex] : bytes
  }
}
