import HTTP

/// One input read by a client whole, in pieces and byte by byte, and what does not agree.
///
/// The first byte holds flags and, in its lower three bits, how many cuts there are; each cut is a byte, its distance
/// from the one before. All else is what the server sends.
struct ResponseTrial {
  private struct Reading: Equatable {
    var answers: [ReceivedResponse] = []
    var fault: HTTPFault?
    /// Whether the parser gave something else after its fault than that fault.
    var goesOnAfterFault = false
  }

  private(set) var complaints: [String] = []
  private let flags: UInt8
  private let bytes: [UInt8]
  private var cuts: [Int] = []
  private var limits = HTTPLimits()

  init(_ input: [UInt8]) {
    flags = input.first ?? 0
    let distances = input.dropFirst().prefix(Int(flags & 0x07))
    bytes = Array(input.dropFirst(1 + distances.count))
    var place = 0
    for distance in distances {
      place += 1 + Int(distance)
      if place < bytes.count { cuts.append(place) }
    }
    if flags & 0x10 != 0 {
      (limits.line, limits.fields, limits.header) = (64, 6, 192)
      (limits.body, limits.chunkOverhead) = (96, 24)
    }
    let whole = read([])
    check(whole)
    demand(read(cuts) == whole, "answers that depend on how they were cut")
    demand(read(Array(1..<max(1, bytes.count))) == whole, "answers that depend on coming byte by byte")
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  private mutating func check(_ reading: Reading) {
    demand(!reading.goesOnAfterFault, "a parser that goes on after a fault")
    for answer in reading.answers {
      demand((100...999).contains(answer.status), "the status \(answer.status)")
      demand(answer.body.count <= limits.body, "a body beyond its limit")
      demand(answer.status >= 200 || answer.body.isEmpty, "an interim answer with a body")
    }
    let final = reading.answers.filter { $0.status >= 200 }
    demand(final.count <= methods.count, "more answers than requests")
    for (answer, method) in zip(final, methods) where method == "HEAD" {
      demand(answer.body.isEmpty, "an answer to HEAD with a body")
    }
  }

  /// Up to four requests, every other one HEAD where a flag says so.
  private var methods: [String] {
    (0...Int(flags >> 5 & 0x03)).map { flags & 0x08 != 0 && $0 % 2 == 0 ? "HEAD" : "GET" }
  }

  private func read(_ cuts: [Int]) -> Reading {
    var (parser, reading, start) = (ResponseParser(limits: limits), Reading(), 0)
    for method in methods { parser.expect(method: method) }
    for cut in cuts + [bytes.count] {
      parser.receive(bytes[start..<cut])
      start = cut
      take(&parser, &reading)
    }
    if flags & 0x80 != 0 {
      parser.receiveEnd()
      take(&parser, &reading)
    }
    return reading
  }

  private func take(_ parser: inout ResponseParser, _ reading: inout Reading) {
    do throws(HTTPFault) {
      while let answer = try parser.next() {
        reading.answers.append(answer)
        if reading.fault != nil { reading.goesOnAfterFault = true }
      }
      if reading.fault != nil { reading.goesOnAfterFault = true }
    } catch {
      if let fault = reading.fault, fault != error { reading.goesOnAfterFault = true }
      reading.fault = error
    }
  }
}
