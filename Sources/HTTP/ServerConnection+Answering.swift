extension ServerConnection {
  /// How much of a long answer is in memory at a time.
  private static let spoolPiece = 64 * 1024

  /// Answers the request in flight; without one, nothing happens.
  ///
  /// `dateLine` is a whole field line (`HTTPDate.line`), or empty where there is no clock. An answer that
  /// cannot be written (a line end in a field) becomes a 500 and ends the connection.
  public mutating func respond(_ response: HTTPResponse, dateLine: [UInt8], now: UInt64) {
    guard phase == .inFlight, ownAnswer == nil else { return }
    do throws(HTTPFault) {
      try write(response, dateLine: dateLine)
    } catch {
      // The replacement has no text from outside, so it can be written.
      try? write(HTTPResponse.problem(error), dateLine: dateLine)
    }
    phase = .answering
    sentBytes = 0
    windowBytes = 0
    phaseEnd = Self.time(limits.wholeSeconds, after: now)
    deadline = writeDeadline(now)
  }

  private mutating func write(_ response: HTTPResponse, dateLine: [UInt8]) throws(HTTPFault) {
    let isLast = hasInputEnded && position == input.count
    let closes = response.closes || !keepsAlive || isDraining || isLast
    var bytes = try MessageWriter.head(of: response, dateLine: dateLine, closes: closes)
    if !isHeadMethod, !HTTPStatus.hasNoBody(response.status) {
      if response.body.count <= MessageWriter.bodyInHead {
        bytes += response.body
      } else {
        outputBody = response.body
      }
      outputSpool = response.spool.map { ($0, 0) }
    }
    // A 100 may still stand there when a fault follows at once.
    if output.isEmpty { output = bytes } else { output += bytes }
    closesAfterAnswer = closes
  }

  /// Takes note that so many of the bytes to send are written.
  public mutating func sent(_ count: Int, now: UInt64) {
    let known = min(max(0, count), unsent)
    unsent -= known
    sentBytes += known
  }

  mutating func takeOutput() -> ServerAction? {
    if !output.isEmpty {
      let bytes = output
      output = []
      unsent += bytes.count
      return .send(bytes, more: !outputBody.isEmpty || outputSpool != nil)
    }
    guard !outputBody.isEmpty else { return nil }
    let bytes = outputBody
    outputBody = []
    unsent += bytes.count
    return .send(bytes, more: outputSpool != nil)
  }

  /// Takes the next piece of a long answer, when all before it is gone; `nil` when there is none.
  mutating func takeSpool() -> ServerAction? {
    guard let (spool, taken) = outputSpool else { return nil }
    guard taken < spool.count else {
      outputSpool = nil
      return nil
    }
    guard let bytes = spool.read(at: taken, count: Self.spoolPiece), !bytes.isEmpty else {
      // Cut short, the answer is seen to be incomplete by its length.
      close()
      return .close
    }
    outputSpool = (spool, taken + bytes.count)
    unsent += bytes.count
    return .send(bytes, more: taken + bytes.count < spool.count)
  }

  mutating func finishAnswer(now: UInt64) {
    isHeadMethod = false
    hasSkippedLine = false
    if closesAfterAnswer {
      if hasInputEnded { return close() }
      phase = .lingering
      discardRequest()
      deadline = Self.time(isDraining ? 1 : limits.lingerSeconds, after: now)
    } else {
      phase = .waiting
      deadline = Self.time(limits.idleSeconds, after: now)
      if isDraining, isIdle { close() }
    }
  }

  /// Takes note of the time; what is due then shows in the next action.
  ///
  /// Each phase has one deadline that no single byte can move. Bodies and answers are measured in windows:
  /// in each one so many bytes must come or go, or the connection ends. It also ends when the whole takes too long: a
  /// peer that keeps just above that rate could stay for days. `unacknowledged` is what the system has taken of the
  /// bytes sent and the peer has not; a peer that reads nothing would otherwise look lively while buffers fill.
  public mutating func tick(now: UInt64, unacknowledged: Int = 0) {
    guard now >= deadline else { return }
    switch phase {
    case .waiting, .lingering: close()
    case .head: refuse(HTTPFault.headTimeout)
    case .body:
      guard now < phaseEnd, windowBytes / max(1, limits.bodySeconds) >= limits.bytesPerSecond else {
        return ownAnswer == nil ? refuse(HTTPFault.bodyTimeout) : endWithOwnAnswer()
      }
      windowBytes = 0
      deadline = min(phaseEnd, Self.time(limits.bodySeconds, after: now))
    case .answering:
      let taken = max(windowBytes, sentBytes - max(0, unacknowledged))
      guard now < phaseEnd, (taken - windowBytes) / max(1, limits.writeSeconds) * 2 >= limits.bytesPerSecond else {
        return close()
      }
      windowBytes = taken
      deadline = writeDeadline(now)
    case .inFlight, .closed: break
    }
  }

  /// Half of the time allowed, so that a peer that stops within a window is cut off before all of it is over.
  private func writeDeadline(_ now: UInt64) -> UInt64 {
    let (sum, overflow) = now.addingReportingOverflow(UInt64(clamping: limits.writeSeconds) &* 500)
    return overflow ? .max : min(phaseEnd, sum)
  }
}
