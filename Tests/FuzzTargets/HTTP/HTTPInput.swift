import HTTP

/// What a fuzzer's input says of a connection: how its bytes come, and the bytes.
///
/// The first byte holds flags and, in its lower three bits, how many cuts there are; each cut is a byte, its distance
/// from the one before. All else is what the peer sends.
struct HTTPInput {
  /// Whether the peer closes its half after the last byte.
  let endsInput: Bool
  /// Whether the limits are so narrow that short inputs reach them.
  let isNarrow: Bool
  /// Whether paths that begin with `/no` are refused by their heads.
  let refuses: Bool
  /// Whether no request is answered before all bytes are there.
  let answersLate: Bool
  /// Where the bytes are cut.
  let cuts: [Int]
  /// What the peer sends.
  let bytes: [UInt8]

  init(_ input: [UInt8]) {
    let flags = input.first ?? 0
    endsInput = flags & 0x80 != 0
    isNarrow = flags & 0x10 != 0
    refuses = flags & 0x08 != 0
    answersLate = flags & 0x40 == 0
    let distances = input.dropFirst().prefix(Int(flags & 0x07))
    bytes = Array(input.dropFirst(1 + distances.count))
    var cuts: [Int] = []
    var place = 0
    for distance in distances {
      place += 1 + Int(distance)
      if place < bytes.count { cuts.append(place) }
    }
    self.cuts = cuts
  }

  var settings: ServerSettings {
    var limits = HTTPLimits()
    if isNarrow {
      limits.target = 48
      limits.line = 64
      limits.fields = 6
      limits.header = 192
      limits.body = 96
      limits.chunkOverhead = 24
      limits.discardedBody = 32
    }
    guard refuses else { return ServerSettings(limits: limits) }
    return ServerSettings(limits: limits) { request in
      request.path.utf8.starts(with: "/no".utf8) ? HTTPResponse(status: 403) : nil
    }
  }
}
