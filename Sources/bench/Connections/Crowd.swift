import Foundation
import HTTP

/// Thousands of kept-alive connections to one server, each with at most one request in flight.
final class Crowd {
  /// What came back on the connections.
  struct Harvest {
    /// The answers, and after how many seconds each was whole.
    var answers: [(seconds: Double, answer: ReceivedResponse)] = []
    /// Connections that ended without one.
    var broken = 0

    var count: Int { answers.count + broken }
  }

  private var sockets: [ClientSocket?] = []
  private var parsers: [ResponseParser] = []
  private let readiness: Readiness
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1_024, alignment: 16)

  init(count: Int, port: UInt16) throws {
    readiness = try Readiness()
    for index in 0..<count {
      let socket = try ClientSocket(port: port, ClientSocket.Shape().numbered(index))
      readiness.add(socket, number: index)
      sockets.append(socket)
      parsers.append(ResponseParser())
    }
  }

  deinit { buffer.deallocate() }

  /// Sends a GET on each connection; how many could not be sent.
  func ask(_ request: (Int) -> [UInt8]) -> Int {
    var failures = 0
    for index in sockets.indices {
      parsers[index].expect(method: "GET")
      if !(sockets[index]?.send(request(index)[...]) ?? false) { failures += 1 }
    }
    return failures
  }

  /// Reads answers until there is one for each connection, or the time is over; they are judged afterwards, since that
  /// would delay the next ones.
  func gather(_ watch: Stopwatch, until end: Double) -> Harvest {
    var harvest = Harvest()
    while harvest.count < sockets.count, watch.seconds < end {
      for index in readiness.wait(seconds: end - watch.seconds) {
        guard let socket = sockets[index] else { continue }
        switch socket.read(into: buffer) {
        case .nothing: continue
        case .ended:
          sockets[index] = nil
          harvest.broken += 1
        case .bytes(let count):
          parsers[index].receive(Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
          take(index, watch, &harvest)
        }
      }
    }
    return harvest
  }

  private func take(_ index: Int, _ watch: Stopwatch, _ harvest: inout Harvest) {
    do {
      if let answer = try parsers[index].next() { harvest.answers.append((watch.seconds, answer)) }
    } catch {
      sockets[index] = nil
      harvest.broken += 1
    }
  }
}
