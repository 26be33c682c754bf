import HTTP

/// One input given to connections whole, in pieces, byte by byte and behind another request, and what does not agree.
struct HTTPTrial {
  private(set) var complaints: [String] = []
  private let input: HTTPInput

  init(_ bytes: [UInt8]) {
    input = HTTPInput(bytes)
    let whole = talk([])
    demand(!whole.isEndless, "a connection without an end to its actions")
    demand(whole.endedInTime, "a connection that outlives its silent peer")
    checkRequests(of: whole)
    checkAnswers(of: whole)
    checkPieces(like: whole)
    checkBehindAnother(like: whole)
    if input.answersLate { checkLateAnswers(like: whole) }
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  private func talk(_ cuts: [Int]) -> Conversation {
    Conversation(pieces(cuts), endsInput: input.endsInput, settings: input.settings)
  }

  private func pieces(_ cuts: [Int]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for cut in cuts + [input.bytes.count] {
      pieces.append(input.bytes[start..<cut])
      start = cut
    }
    return pieces
  }

  private mutating func checkPieces(like whole: Conversation) {
    let cuts = input.cuts
    if !cuts.isEmpty { demand(talk(cuts) == whole, "another conversation when cut at \(cuts)") }
    if input.bytes.count <= 256, input.bytes.count > 1 {
      demand(talk(Array(1..<input.bytes.count)) == whole, "another conversation byte by byte")
    }
  }

  /// The next request begins where the last one ended, as if the connection were new.
  private mutating func checkBehindAnother(like whole: Conversation) {
    let greeting = Array("POST /0 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}".utf8)
    let first = Conversation([greeting[...]], endsInput: false, settings: input.settings)
    let both = Conversation([(greeting + input.bytes)[...]], endsInput: input.endsInput, settings: input.settings)
    demand(both.events == first.events + whole.events, "other requests behind another one")
    demand(both.output == first.output + whole.output, "another answer behind another one")
  }

  /// Requests that wait for their turn are the same requests.
  private mutating func checkLateAnswers(like whole: Conversation) {
    let late = Conversation(
      pieces(input.cuts), endsInput: input.endsInput, answersLate: true, settings: input.settings)
    demand(late.events == whole.events, "other requests where the answers come late")
    if !input.endsInput { demand(late.output == whole.output, "other answers where they come late") }
  }

  /// What is handed over keeps the promises, and is read alike from any other spelling of it.
  private mutating func checkRequests(of whole: Conversation) {
    let settings = ServerSettings()
    for seen in whole.requests {
      complaints += seen.complaints(limits: input.settings.limits)
      for chunk in [nil, 1, 7] where chunk == nil || seen.request.minorVersion > 0 && seen.request.declaresBody {
        if chunk != nil, ["GET", "HEAD"].contains(seen.request.method) { continue }
        let again = Conversation([seen.bytes(chunk: chunk)[...]], endsInput: false, settings: settings)
        let isSame = again.requests.count == 1 && again.events.count == 1 && again.requests[0].means(seen)
        demand(isSame, "another request when written with chunks of \(chunk ?? 0)")
      }
    }
  }

  /// A client finds one answer for each request and refusal.
  private mutating func checkAnswers(of whole: Conversation) {
    // Whether a refused one was a HEAD only the connection knows.
    let methods = whole.requests.map(\.request.method)
    if methods.count < whole.events.count, contains("HEAD") { return }
    var limits = HTTPLimits()
    limits.body = 1 << 20
    limits.target = 1 << 20
    var client = ResponseParser(limits: limits)
    for event in whole.events {
      if case .request(let seen) = event {
        client.expect(method: seen.request.method)
      } else {
        client.expect(method: "GET")
      }
    }
    // What is not whole yet may have been told to go on.
    client.expect(method: "POST")
    client.receive(whole.output)
    if whole.isEnding { client.receiveEnd() }
    do {
      var statuses: [Int] = []
      while let answer = try client.next() { if answer.status >= 200 { statuses.append(answer.status) } }
      let wanted = whole.events.map { if case .refusal(let status, _, _) = $0 { status } else { 200 } }
      demand(statuses == wanted, "the statuses \(statuses) instead of \(wanted)")
    } catch {
      complaints.append("answers that no client reads: \(error)")
    }
  }

  private func contains(_ text: String) -> Bool {
    let text = Array(text.utf8)
    return input.bytes.indices.contains { input.bytes[$0...].starts(with: text) }
  }
}
