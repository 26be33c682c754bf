/// Looks at a server's process: its memory, and how many connections it has let go.
struct SlowGauge {
  private let process: Int32
  private let connections: Int
  private let memory: Double
  private let sockets: Int
  private var nextLook = 0.0

  /// How many of the connections are gone.
  private(set) var gone = 0
  /// When they were seen to be gone, in seconds; a client that does not read cannot tell.
  private(set) var cuts: [Double] = []

  /// Begins before there are connections.
  init(process: Int32, connections: Int) {
    (self.process, self.connections) = (process, connections)
    ProcessFigures.forgetPeakMemory(process)
    memory = ProcessFigures.memory(process)
    sockets = ProcessFigures.sockets(process)
  }

  /// The most memory since it began, more than then, in MiB.
  var growth: Double { ProcessFigures.peakMemory(process) - memory }

  /// Counts the connections again, twice a second.
  mutating func look(_ seconds: Double) {
    guard seconds >= nextLook else { return }
    nextLook = seconds + 0.5
    // One more or less may be an honest request's.
    let less = min(sockets + connections - ProcessFigures.sockets(process), connections)
    if less > gone {
      cuts += Array(repeating: seconds, count: less - gone)
      gone = less
    }
  }
}
