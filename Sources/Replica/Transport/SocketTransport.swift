public import Foundation
import Glibc
import HTTP
import JSON

/// Carries calls over plain http on one kept-alive connection, with the parser that the hub uses too.
///
/// URLSession keeps a core busy while it waits for an answer (measured on Linux), so it is left to https, for which it
/// is needed.
public final class SocketTransport: HubTransport {
  private let userAgent: String
  private let idleMilliseconds: Int32
  private let deadlineSeconds: Double
  private let proxy: HTTPProxy?
  private let isCalledOff: () -> Bool
  private var connection: Int32 = -1
  private var parser = ResponseParser()

  /// A transport.
  ///
  /// - Parameters:
  ///   - userAgent: what the program calls itself.
  ///   - idleSeconds: how long to wait for the next byte.
  ///   - deadlineSeconds: how long one call may take in all.
  ///   - proxy: what carries the calls on, if anything does.
  ///   - isCalledOff: asked about every second of waiting; `true` ends the call with ``CalledOff``.
  public init(
    userAgent: String, idleSeconds: Double = 30, deadlineSeconds: Double = 300, proxy: HTTPProxy? = nil,
    isCalledOff: @escaping () -> Bool = { false }
  ) {
    self.proxy = proxy
    self.isCalledOff = isCalledOff
    self.userAgent = userAgent
    idleMilliseconds = Int32(idleSeconds * 1_000)
    self.deadlineSeconds = deadlineSeconds
  }

  deinit { disconnect() }

  /// Sends one call and waits for its answer.
  public func send(_ call: HubCall, to base: URL) throws -> HubReply {
    let request = try bytes(of: call, base)
    let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(deadlineSeconds * 1e9)
    let isReused = connection >= 0
    do {
      return try exchange(request, method: call.method, base, deadline)
    } catch is ConnectionGone where isReused {
      // The hub closed a connection that was idle; nothing of this call was answered, and every call may be repeated.
      disconnect()
      do { return try exchange(request, method: call.method, base, deadline) } catch is ConnectionGone {
        disconnect()
        throw Self.unreachable("the connection broke off")
      }
    } catch is ConnectionGone {
      disconnect()
      throw Self.unreachable("the connection broke off")
    } catch {
      disconnect()
      throw error
    }
  }

  private func bytes(of call: HubCall, _ base: URL) throws -> [UInt8] {
    guard let host = base.host else { throw Self.unreachable("its address has no name") }
    let shown = host.contains(":") ? "[\(host)]" : host
    let authority = base.port.map { "\(shown):\($0)" } ?? shown
    let path = base.path == "/" ? "" : base.path
    // A proxy is asked for the whole address (RFC 9112 §3.2.2).
    return try call.bytes(
      host: authority, prefix: proxy == nil ? path : "http://\(authority)\(path)", userAgent: userAgent,
      proxyAuthorization: proxy?.authorization)
  }

  private func exchange(_ request: [UInt8], method: String, _ base: URL, _ deadline: UInt64) throws -> HubReply {
    if connection < 0 { try connect(base) }
    parser.expect(method: method)
    try write(request, deadline)
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      do {
        if let response = try parser.next() { return reply(response) }
      } catch {
        throw SyncFailure(
          .notTheHub, "What answered does not speak HTTP as a hub does.",
          advice: "Nothing was changed. Check the hub's address and try again.")
      }
      try wait(for: Int16(POLLIN), deadline)
      let count = recv(connection, &buffer, buffer.count, 0)
      if count > 0 {
        parser.receive(buffer[..<count])
      } else if count == 0 {
        guard parser.isInsideAnswer else { throw ConnectionGone() }
        parser.receiveEnd()
        if let response = try? parser.next() { return reply(response) }
        throw Self.unreachable("the connection broke off")
      } else if errno != EINTR && errno != EAGAIN {
        throw parser.isInsideAnswer ? Self.unreachable("the connection broke off") : ConnectionGone()
      }
    }
  }

  private func reply(_ response: ReceivedResponse) -> HubReply {
    if response.closes { disconnect() }
    return HubReply(response)
  }

  private func connect(_ base: URL) throws {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let host = (proxy?.host ?? base.host ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    guard getaddrinfo(host, "\(proxy?.port ?? base.port ?? 80)", &hints, &list) == 0, list != nil else {
      throw Self.unreachable(proxy == nil ? "its name is not known on this network" : "the proxy's name is not known")
    }
    defer { freeaddrinfo(list) }
    var next = list
    while let address = next?.pointee {
      let descriptor = socket(
        address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
      if descriptor >= 0 {
        if open(descriptor, address) { return adopt(descriptor) }
        close(descriptor)
      }
      next = address.ai_next
    }
    throw Self.unreachable(proxy == nil ? "nothing listens at its address" : "nothing listens at the proxy's address")
  }

  /// Connects without blocking for ever: a silent address is given up after the idle time.
  private func open(_ descriptor: Int32, _ address: addrinfo) -> Bool {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return true }
    guard errno == EINPROGRESS else { return false }
    var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&poller, 1, idleMilliseconds) == 1 else { return false }
    var failure: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
    return failure == 0
  }

  private func adopt(_ descriptor: Int32) {
    connection = descriptor
    var limits = HTTPLimits()
    limits.body = 64 * 1024 * 1024
    parser = ResponseParser(limits: limits)
  }

  private func write(_ bytes: [UInt8], _ deadline: UInt64) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if errno == EAGAIN {
        try wait(for: Int16(POLLOUT), deadline)
      } else if errno != EINTR {
        // A hub that answers before it has read all (a refusal) may close; the answer is read by whoever asks again.
        throw ConnectionGone()
      }
    }
  }

  private func wait(for events: Int16, _ deadline: UInt64) throws {
    var poller = pollfd(fd: connection, events: events, revents: 0)
    var idle = idleMilliseconds
    while true {
      if isCalledOff() { throw CalledOff() }
      let now = DispatchTime.now().uptimeNanoseconds
      guard now < deadline else { throw Self.unreachable("it did not answer within \(Int(deadlineSeconds)) seconds") }
      let slice = min(Int32(clamping: (deadline - now) / 1_000_000 + 1), idle, Self.sliceMilliseconds)
      let ready = poll(&poller, 1, slice)
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw ConnectionGone() }
      idle -= slice
      if idle <= 0 { throw Self.unreachable("it did not answer in time") }
    }
  }

  /// How long it waits before it asks whether the call is still wanted.
  private static let sliceMilliseconds: Int32 = 1_000

  private func disconnect() {
    if connection >= 0 { close(connection) }
    connection = -1
  }

  private static func unreachable(_ why: String) -> SyncFailure { .unreachable(why) }
}

/// The other side closed the connection before it answered anything.
private struct ConnectionGone: Error {}
