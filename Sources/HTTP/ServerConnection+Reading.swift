extension ServerConnection {
  /// Reads as far as the input goes; nil means that the phase has changed and there is more to decide.
  mutating func readOn(now: UInt64) throws(HTTPFault) -> ServerAction? {
    if phase != .body {
      guard try readHead(now: now) else { return try starve() }
      try finishHead(now: now)
      if phase != .body { return nil }
    }
    guard try readBody() else { return phase == .body ? try starve() : nil }
    return finishRequest()
  }

  /// Waits for more input, or finds that none will come.
  private mutating func starve() throws(HTTPFault) -> ServerAction? {
    guard hasInputEnded else { return output.isEmpty ? .wait(until: deadline) : nil }
    guard phase == .waiting else { throw .incomplete }
    close()
    return nil
  }

  private mutating func readHead(now: UInt64) throws(HTTPFault) -> Bool {
    if phase == .waiting {
      try skipEmptyLine()
      guard position < input.count, input[position] != .carriageReturn else { return false }
      phase = .head
      deadline = Self.time(limits.headSeconds, after: now)
    }
    if head == nil {
      head = try RequestHead(input, start: position, limits: limits)
    }
    return try head?.section.read(input, limits: settings.limits) ?? false
  }

  /// Skips one empty line before a request, which old clients send after a body (RFC 9112 §2.2).
  private mutating func skipEmptyLine() throws(HTTPFault) {
    while position < input.count, input[position] == .carriageReturn {
      guard position + 1 < input.count else { return }
      guard input[position + 1] == .lineFeed else { throw .lineEnd }
      guard !hasSkippedLine else { throw .startLine }
      hasSkippedLine = true
      position += 2
    }
  }

  /// Decides by a whole head how the body is read, and whether it is worth reading.
  private mutating func finishHead(now: UInt64) throws(HTTPFault) {
    guard let whole = head else { return }
    head = nil
    let fields = whole.section.fields(in: input)
    try whole.checkHost(input, fields: fields)
    let framing = try BodyFraming.ofRequest(fields, minorVersion: Int(whole.line.minor))
    let hasBody = framing != .none && framing != .length(0)
    isHeadMethod = input[whole.line.method].elementsEqual("HEAD".utf8)
    if isHeadMethod || input[whole.line.method].elementsEqual("GET".utf8) {
      // RFC 9110 §9.3.1: content in a GET has no meaning, and is a known way to smuggle.
      guard !hasBody else { throw .unexpectedBody }
    }
    let expectsContinue = try whole.expectsContinue(fields: fields) && hasBody
    keepsAlive = whole.line.minor > 0 && !fields.hasToken("close", in: "connection")
    let refusal = decide(whole, fields)
    if refusal == nil {
      let allowance = hasBody ? request.flatMap { settings.allowance?($0) } : nil
      bodyLimit = allowance?.limit ?? limits.body
      body = try BodyReader(framing, spool: allowance?.spool, limits: bodyLimits)
    }
    position = whole.section.end
    phase = .body
    phaseEnd = Self.time(limits.wholeSeconds, after: now)
    deadline = min(phaseEnd, Self.time(limits.bodySeconds, after: now))
    windowBytes = input.count - position
    if let refusal {
      if hasBody { refuse(refusal, framing, isHeldBack: expectsContinue) } else { refuse(refusal) }
    } else if expectsContinue {
      output = MessageWriter.continueResponse
    }
  }

  /// Makes the request of a head, or the answer that refuses it.
  private mutating func decide(_ whole: RequestHead, _ fields: HTTPFields) -> HTTPResponse? {
    do throws(HTTPFault) {
      let made = try whole.request(input, fields: fields, peer: peer)
      // RFC 9110 §9.3.7: a question about the server as a whole.
      if whole.target.isAsterisk { return HTTPResponse(status: 204) }
      request = made
      return settings.precheck?(made)
    } catch {
      return answer(to: error)
    }
  }

  private func answer(to fault: HTTPFault) -> HTTPResponse {
    let answer = HTTPResponse.problem(fault)
    return settings.onFault?(answer) ?? answer
  }

  private mutating func refuse(_ refusal: HTTPResponse) {
    request = nil
    ownAnswer = refusal
  }

  /// Reads past a short body before the refusal is sent; with a long one, or one that the client holds back
  /// until it is told to go on, the refusal ends the connection.
  private mutating func refuse(_ refusal: HTTPResponse, _ framing: BodyFraming, isHeldBack: Bool) {
    refuse(refusal)
    if refusal.closes || isHeldBack { return endWithOwnAnswer() }
    do throws(HTTPFault) {
      body = try BodyReader(framing, keeps: false, limits: discardingLimits)
    } catch {
      endWithOwnAnswer()
    }
  }

  private var bodyLimits: HTTPLimits {
    var own = limits
    own.body = bodyLimit
    return own
  }

  private var discardingLimits: HTTPLimits {
    var narrowed = limits
    narrowed.body = min(narrowed.body, narrowed.discardedBody)
    return narrowed
  }

  /// Reads the body on, and returns whether it is whole; a refused one that grows too long ends early.
  private mutating func readBody() throws(HTTPFault) -> Bool {
    guard ownAnswer != nil else {
      let limits = bodyLimits
      let isWhole = try body?.read(input, &position, limits: limits) ?? true
      try body?.spill(isWhole: isWhole)
      return isWhole
    }
    let limits = discardingLimits
    do throws(HTTPFault) {
      return try body?.read(input, &position, limits: limits) ?? true
    } catch {
      guard error == .bodyLength else { throw error }
      endWithOwnAnswer()
      return false
    }
  }

  /// Hands a whole request over, or the answer that it gets from here.
  private mutating func finishRequest() -> ServerAction? {
    phase = .inFlight
    if position == input.count {
      input = []
      position = 0
    }
    // A request after "Connection: close" is never looked at (RFC 9112 §9.6).
    if !keepsAlive { discardsInput = true }
    let (bytes, spool) = (body?.bytes ?? [], body?.usedSpool)
    body = nil
    guard ownAnswer == nil, var whole = request else { return nil }
    request = nil
    whole.body = bytes
    whole.spool = spool
    return .request(whole)
  }

  /// Answers a fault, after which nothing that the peer sends is looked at.
  mutating func refuse(_ fault: HTTPFault) {
    ownAnswer = answer(to: fault)
    endWithOwnAnswer()
  }

  /// Gives the answer that waits as the last one of the connection.
  mutating func endWithOwnAnswer() {
    ownAnswer?.closes = true
    phase = .inFlight
    discardRequest()
  }

  /// Forgets all input, also what is still to come.
  mutating func discardRequest() {
    discardsInput = true
    input = []
    position = 0
    head = nil
    body = nil
    request = nil
  }
}
