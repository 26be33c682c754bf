/// Reads one body by its framing, or reads past it.
struct BodyReader {
  private let framing: BodyFraming
  private let keeps: Bool
  private let spool: (any SpooledBody)?
  private var remaining: Int
  private var decoder = ChunkedDecoder()
  /// What is held in memory: all of it, or what the spool has not been given yet.
  private(set) var bytes: [UInt8] = []
  /// How many bytes are held before they go to the spool.
  private static let heldBytes = 64 * 1024

  /// A body of this framing, kept, spooled or thrown away; a length over the limit is a fault before its first byte.
  init(
    _ framing: BodyFraming, keeps: Bool = true, spool: (any SpooledBody)? = nil, limits: HTTPLimits
  ) throws(HTTPFault) {
    self.framing = framing
    self.keeps = keeps
    self.spool = spool
    remaining = 0
    if case .length(let length) = framing {
      guard length <= limits.body else { throw .bodyLength }
      remaining = length
    }
  }

  /// How many decoded bytes the body is known to have, so far or in all.
  var knownLength: Int {
    switch framing {
    case .none: 0
    case .length(let length): length
    case .chunked: decoder.decoded
    case .untilClose: bytes.count
    }
  }

  /// Reads on from `position`, and returns whether the body is over.
  mutating func read(_ input: [UInt8], _ position: inout Int, limits: HTTPLimits) throws(HTTPFault) -> Bool {
    switch framing {
    case .none: return true
    case .length:
      let count = min(remaining, input.count - position)
      if keeps { bytes.append(contentsOf: input[position..<(position + count)]) }
      position += count
      remaining -= count
      return remaining == 0
    case .chunked:
      return try decoder.read(input, &position, into: &bytes, keeping: keeps, limits: limits)
    case .untilClose:
      guard input.count - position <= limits.body - bytes.count else { throw .bodyLength }
      bytes.append(contentsOf: input[position...])
      position = input.count
      return false
    }
  }

  /// Takes bytes that need no decoding straight from the outside, and returns how many it took.
  mutating func take(_ input: UnsafeRawBufferPointer) -> Int {
    guard case .length = framing else { return 0 }
    let count = min(remaining, input.count)
    if keeps { bytes.append(contentsOf: input[..<count]) }
    remaining -= count
    return count
  }

  /// Gives the spool, if there is one, what is held of a long body.
  mutating func spill(isWhole: Bool) throws(HTTPFault) {
    guard let spool, bytes.count > Self.heldBytes || isWhole && spool.count > 0 && !bytes.isEmpty else { return }
    guard spool.append(bytes) else { throw .bodyRoom }
    bytes = []
  }

  /// The spool, if the body went there.
  var usedSpool: (any SpooledBody)? { spool.flatMap { $0.count > 0 ? $0 : nil } }

  /// Whether the end of the connection is the end of the body.
  var endsWithConnection: Bool { framing == .untilClose }
}
