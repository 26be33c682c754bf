public import Foundation

/// Chooses how calls travel.
public enum HubTransports {
  /// A transport for an address: the program's own socket for http, URLSession for https.
  ///
  /// - Parameters:
  ///   - base: the hub's address.
  ///   - userAgent: what the program calls itself.
  ///   - idleSeconds: how long to wait for the next byte.
  ///   - deadlineSeconds: how long one call may take in all.
  ///   - environment: where a proxy is named, if there is one; https has its own look at the program's environment.
  ///   - isCalledOff: asked about every second of waiting; `true` ends the call with ``CalledOff``.
  public static func make(
    for base: URL, userAgent: String, idleSeconds: Double = 30, deadlineSeconds: Double = 300,
    environment: [String: String] = [:], isCalledOff: @escaping () -> Bool = { false }
  ) -> any HubTransport {
    if base.scheme?.lowercased() == "http" {
      return SocketTransport(
        userAgent: userAgent, idleSeconds: idleSeconds, deadlineSeconds: deadlineSeconds,
        proxy: HTTPProxy(for: base, environment: environment), isCalledOff: isCalledOff)
    }
    return URLSessionTransport(
      userAgent: userAgent, idleSeconds: idleSeconds, deadlineSeconds: deadlineSeconds, isCalledOff: isCalledOff)
  }
}

/// The caller did not want to wait for the answer any longer.
public struct CalledOff: Error {
  /// The one value.
  public init() {}
}

extension SyncFailure {
  /// Nothing answered.
  static func unreachable(_ why: String) -> SyncFailure {
    SyncFailure(
      .unreachable, "The hub could not be reached: \(why).",
      advice: "Your work is safe here; run 'pioc sync' again when there is a connection.")
  }
}
