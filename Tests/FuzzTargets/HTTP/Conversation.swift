import HTTP

/// What one connection made of some bytes: the requests and refusals in their order, and all that was sent.
struct Conversation: Equatable {
  enum Event: Equatable {
    case request(SeenRequest)
    case refusal(status: Int, closes: Bool, body: [UInt8])
  }

  private(set) var events: [Event] = []
  private(set) var output: [UInt8] = []
  private(set) var isShutDown = false
  private(set) var isClosed = false
  /// Whether the connection asked for more actions than any bytes can give rise to.
  private(set) var isEndless = false
  /// The longest that the connection may go on after its peer fell silent, to be sure that it ends.
  private(set) var endedInTime = true

  /// Whether this side has said that the connection ends.
  var isEnding: Bool { isShutDown || isClosed }

  /// The requests that were handed over.
  var requests: [SeenRequest] {
    events.compactMap { if case .request(let request) = $0 { request } else { nil } }
  }

  /// Delivers pieces to a new connection and answers what it hands over.
  init(_ pieces: [ArraySlice<UInt8>], endsInput: Bool, answersLate: Bool = false, settings: ServerSettings) {
    var talk = Talk(ServerConnection(settings: settings, peer: "192.0.2.1", now: 1), answersLate: answersLate)
    for piece in pieces {
      talk.connection.receive(piece, now: 1)
      talk.pump(&self)
    }
    if endsInput {
      talk.connection.receiveEnd(now: 1)
      talk.pump(&self)
    }
    talk.answerAll(&self)
    let (output, isShutDown, isClosed) = (output, isShutDown, isClosed)
    // A peer that says no more is not waited for, whatever the phase.
    talk.waitLong(&self)
    endedInTime = self.isClosed
    (self.output, self.isShutDown, self.isClosed) = (output, isShutDown, isClosed)
  }

  /// The owner of a connection.
  private struct Talk {
    var connection: ServerConnection
    var held: HTTPResponse?
    var answersLate: Bool
    var steps = 0
    var now: UInt64 = 1

    init(_ connection: ServerConnection, answersLate: Bool) {
      self.connection = connection
      self.answersLate = answersLate
    }

    mutating func answerAll(_ seen: inout Conversation) {
      answersLate = false
      guard let response = held else { return }
      held = nil
      connection.respond(response, dateLine: [], now: now)
      pump(&seen)
    }

    mutating func waitLong(_ seen: inout Conversation) {
      let events = seen.events
      for _ in 0..<4 where !seen.isClosed {
        now += 1_000_000
        connection.tick(now: now)
        pump(&seen)
      }
      seen.events = events
    }

    mutating func pump(_ seen: inout Conversation) {
      while true {
        steps += 1
        guard steps < 1_000_000 else {
          seen.isEndless = true
          return
        }
        switch connection.nextAction(now: now) {
        case .request(let request):
          let event = SeenRequest(request)
          seen.events.append(.request(event))
          guard !answersLate else {
            held = event.answer
            continue
          }
          connection.respond(event.answer, dateLine: [], now: now)
        case .answer(let response):
          seen.events.append(.refusal(status: response.status, closes: response.closes, body: response.body))
          connection.respond(response, dateLine: [], now: now)
        case .send(let bytes, _):
          seen.output += bytes
          // In two parts, as a full socket takes it.
          connection.sent(bytes.count / 2, now: now)
          connection.sent(bytes.count - bytes.count / 2, now: now)
        case .shutdownOutput: seen.isShutDown = true
        case .close:
          seen.isClosed = true
          return
        case .wait: return
        }
      }
    }
  }
}
