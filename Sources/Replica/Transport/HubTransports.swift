public import Foundation

/// Chooses how calls travel.
public enum HubTransports {
  /// A transport for an address: the program's own socket for http, URLSession for https.
  public static func make(
    for base: URL, userAgent: String, idleSeconds: Double = 30, deadlineSeconds: Double = 300
  ) -> any HubTransport {
    if base.scheme?.lowercased() == "http" {
      return SocketTransport(userAgent: userAgent, idleSeconds: idleSeconds, deadlineSeconds: deadlineSeconds)
    }
    return URLSessionTransport(userAgent: userAgent, idleSeconds: idleSeconds, deadlineSeconds: deadlineSeconds)
  }
}

extension SyncFailure {
  /// Nothing answered.
  static func unreachable(_ why: String) -> SyncFailure {
    SyncFailure(
      .unreachable, "The hub could not be reached: \(why).",
      advice: "Your work is safe here; run 'pioc sync' again when there is a connection.")
  }
}
