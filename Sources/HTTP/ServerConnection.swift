/// The server's side of one connection as a state machine: bytes and time in, bytes and actions out.
///
/// It knows no socket and no clock. Its owner hands it what arrives (`receive`, `receiveEnd`), what was
/// written (`sent`), the answers to requests (`respond`) and the time (`tick`), and after each of these calls
/// `nextAction` until that says `wait` or `close`. One request is in flight at a time; what a client sends
/// after it stays in a bounded buffer until it is answered (pipelining, RFC 9112 §9.3.2). The answer to any
/// bytes is the same however they were cut into pieces. Times are milliseconds of one monotonic clock.
public struct ServerConnection: Sendable {
  enum Phase: Sendable {
    /// Between two requests: no byte of the next one is here.
    case waiting
    /// A part of a head is here.
    case head
    /// The head is whole, the body is not.
    case body
    /// A request is with the owner, or an answer of our own waits to be fetched.
    case inFlight
    /// An answer is being written.
    case answering
    /// All is written and this side's half closed; what still comes is thrown away (RFC 9112 §9.6).
    case lingering
    case closed
  }

  let settings: ServerSettings
  let peer: String

  var phase = Phase.waiting
  var deadline: UInt64
  var isDraining = false
  var hasShutDownOutput = false

  var input: [UInt8] = []
  var position = 0
  var hasInputEnded = false
  var discardsInput = false
  var hasSkippedLine = false

  var head: RequestHead?
  var body: BodyReader?
  /// The longest body that the request at hand may have.
  var bodyLimit = 0
  var request: HTTPRequest?
  var ownAnswer: HTTPResponse?
  var isHeadMethod = false
  var keepsAlive = true

  var output: [UInt8] = []
  var outputBody: [UInt8] = []
  /// The end of an answer that is not in memory, and how much of it was taken.
  var outputSpool: (body: any SpooledBody, taken: Int)?
  var closesAfterAnswer = false
  var unsent = 0
  var sentBytes = 0
  /// In `body` the bytes that came in this window, in `answering` the bytes taken before it.
  var windowBytes = 0
  /// When a body, or an answer, has taken too long as a whole.
  var phaseEnd = UInt64.max

  /// A connection that was just accepted.
  public init(limits: HTTPLimits, now: UInt64) {
    self.init(settings: ServerSettings(limits: limits), peer: "", now: now)
  }

  /// A connection from this address that was just accepted, with settings shared by all of a server.
  public init(settings: ServerSettings, peer: String, now: UInt64) {
    self.settings = settings
    self.peer = peer
    deadline = Self.time(settings.limits.headSeconds, after: now)
  }

  var limits: HTTPLimits { settings.limits }

  /// Whether there is nothing to lose: no request is in flight, and no byte of the next one is here.
  public var isIdle: Bool { phase == .waiting && position == input.count }

  /// The bytes of a request that are here and not with the owner yet.
  public var bufferedBytes: Int { input.count + (body?.bytes.count ?? 0) }

  /// Whether bytes are wanted now; leaving them unread otherwise is what slows a fast peer down.
  public var wantsInput: Bool {
    switch phase {
    case .waiting, .head, .body, .lingering: !hasInputEnded
    case .inFlight, .answering, .closed: false
    }
  }

  /// Whether 64 KiB more may be given although they are not wanted, say to see the end of the input.
  public var canReadAhead: Bool {
    !hasInputEnded && phase != .closed
      && (discardsInput || input.count - position <= limits.pipelined - 65_536)
  }

  /// Takes bytes that arrived; a peer that sends too many ahead of its turn is cut off.
  public mutating func receive(_ bytes: UnsafeRawBufferPointer, now: UInt64) {
    if discardsInput || hasInputEnded || bytes.isEmpty { return }
    var rest = bytes
    switch phase {
    case .closed, .lingering: return
    case .inFlight, .answering:
      guard input.count - position + bytes.count <= limits.pipelined else { return close() }
    case .body:
      windowBytes += bytes.count
      if position == input.count {
        rest = UnsafeRawBufferPointer(rebasing: bytes[(body?.take(bytes) ?? 0)...])
      }
    case .waiting, .head: break
    }
    if phase != .head, position > 0 {
      input.removeSubrange(..<position)
      position = 0
    }
    input.append(contentsOf: rest)
  }

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: ArraySlice<UInt8>, now: UInt64) {
    bytes.withUnsafeBytes { receive($0, now: now) }
  }

  /// Takes note that the peer will send nothing more; it may still want its answers (RFC 9112 §9.6).
  public mutating func receiveEnd(now: UInt64) { hasInputEnded = true }

  /// What to do next; call it until it says `wait` or `close`.
  public mutating func nextAction(now: UInt64) -> ServerAction {
    while true {
      if let action = takeOutput() { return action }
      switch phase {
      case .waiting, .head, .body:
        do throws(HTTPFault) {
          if let action = try readOn(now: now) { return action }
        } catch {
          refuse(error)
        }
      case .inFlight:
        guard let answer = ownAnswer else { return .wait(until: nil) }
        ownAnswer = nil
        return .answer(answer)
      case .answering:
        guard unsent == 0 else { return .wait(until: deadline) }
        if let action = takeSpool() { return action }
        finishAnswer(now: now)
      case .lingering:
        if hasInputEnded {
          close()
        } else if hasShutDownOutput {
          return .wait(until: deadline)
        } else {
          hasShutDownOutput = true
          return .shutdownOutput
        }
      case .closed: return .close
      }
    }
  }

  /// Ends the connection at its next pause: at once when it is idle, else with the answer that it owes.
  public mutating func drain(now: UInt64) {
    isDraining = true
    if isIdle { close() }
    if phase == .lingering { deadline = min(deadline, Self.time(1, after: now)) }
  }

  /// Lets go of everything; the next action is `close`.
  mutating func close() {
    phase = .closed
    discardRequest()
    output = []
    outputBody = []
    outputSpool = nil
  }

  /// The time so many seconds later; a time that does not fit never comes.
  static func time(_ seconds: Int, after now: UInt64) -> UInt64 {
    let (sum, overflow) = now.addingReportingOverflow(UInt64(clamping: seconds) &* 1000)
    return overflow ? .max : sum
  }
}
