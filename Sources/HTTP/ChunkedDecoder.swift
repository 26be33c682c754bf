/// Takes the chunked transfer coding off a body (RFC 9112 §7.1), byte by byte but for the data itself.
///
/// Extensions and trailers are checked, counted and thrown away; trailers never become fields (§7.1.2).
struct ChunkedDecoder {
  private enum State {
    case size, extensionStart, extensionName, extensionNameOrBlank, extensionValue, extensionToken
    case extensionText, extensionEscape, extensionTextEnd, sizeBlank, sizeLineFeed
    case data, dataReturn, dataLineFeed
    case trailerStart, trailerName, trailerValue, trailerLineFeed, endLineFeed, done
  }

  private var state = State.size
  private var digits = 0
  private var chunk = 0
  private var overhead = 0
  private(set) var decoded = 0

  /// Reads on from `position`, appends data to `body` unless told not to keep it, and returns whether the
  /// last chunk and the trailers are over.
  mutating func read(
    _ bytes: [UInt8], _ position: inout Int, into body: inout [UInt8], keeping: Bool, limits: HTTPLimits
  ) throws(HTTPFault) -> Bool {
    while position < bytes.count, state != .done {
      if state == .data {
        let count = min(chunk, bytes.count - position)
        if keeping { body.append(contentsOf: bytes[position..<(position + count)]) }
        position += count
        chunk -= count
        if chunk == 0 { state = .dataReturn }
      } else {
        state = try next(bytes[position], limits)
        position += 1
      }
    }
    return state == .done
  }

  private mutating func next(_ byte: UInt8, _ limits: HTTPLimits) throws(HTTPFault) -> State {
    switch state {
    case .size: return try nextInSize(byte)
    case .sizeLineFeed: return try nextAfterSize(byte, limits)
    case .dataReturn: return try expect(.carriageReturn, byte, then: .dataLineFeed)
    case .dataLineFeed:
      digits = 0
      return try expect(.lineFeed, byte, then: .size)
    case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .endLineFeed:
      return try nextInTrailer(byte, limits)
    case .data, .done: return state
    default:
      if byte != .carriageReturn { try countOverhead(limits) }
      return try nextInExtension(byte)
    }
  }

  private func expect(_ wanted: UInt8, _ byte: UInt8, then next: State) throws(HTTPFault) -> State {
    guard byte == wanted else { throw .chunk }
    return next
  }

  private mutating func countOverhead(_ limits: HTTPLimits) throws(HTTPFault) {
    overhead += 1
    guard overhead <= limits.chunkOverhead else { throw .chunkOverhead }
  }

  /// A size has 1 to 15 digits, so that it cannot overflow; leading zeros count.
  private mutating func nextInSize(_ byte: UInt8) throws(HTTPFault) -> State {
    if let value = byte.hexValue {
      guard digits < 15 else { throw .chunk }
      chunk = (digits == 0 ? 0 : chunk << 4) | Int(value)
      digits += 1
      return .size
    }
    guard digits > 0 else { throw .chunk }
    switch byte {
    case .carriageReturn: return .sizeLineFeed
    case .semicolon: return .extensionStart
    case .space, .tab: return .sizeBlank
    default: throw .chunk
    }
  }

  private mutating func nextAfterSize(_ byte: UInt8, _ limits: HTTPLimits) throws(HTTPFault) -> State {
    guard byte == .lineFeed else { throw .chunk }
    if chunk == 0 { return .trailerStart }
    guard chunk <= limits.body - decoded else { throw .bodyLength }
    decoded += chunk
    return .data
  }

  /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`, RFC 9112 §7.1.1.
  private func nextInExtension(_ byte: UInt8) throws(HTTPFault) -> State {
    switch (state, byte) {
    case (.sizeBlank, _) where byte.isBlank: return .sizeBlank
    case (.sizeBlank, .semicolon): return .extensionStart
    case (.extensionStart, _) where byte.isBlank: return .extensionStart
    case (.extensionStart, _) where byte.isToken: return .extensionName
    case (.extensionName, _) where byte.isToken: return .extensionName
    case (.extensionName, _) where byte.isBlank: return .extensionNameOrBlank
    case (.extensionNameOrBlank, _) where byte.isBlank: return .extensionNameOrBlank
    case (.extensionName, .equals), (.extensionNameOrBlank, .equals): return .extensionValue
    case (.extensionNameOrBlank, .semicolon): return .extensionStart
    case (.extensionValue, _) where byte.isBlank: return .extensionValue
    case (.extensionValue, .quote): return .extensionText
    case (.extensionValue, _) where byte.isToken: return .extensionToken
    case (.extensionToken, _) where byte.isToken: return .extensionToken
    case (.extensionText, .quote): return .extensionTextEnd
    case (.extensionText, UInt8(ascii: "\\")): return .extensionEscape
    case (.extensionText, _) where byte.isFieldContent: return .extensionText
    case (.extensionEscape, _) where byte.isFieldContent: return .extensionText
    case (.extensionToken, _) where byte.isBlank, (.extensionTextEnd, _) where byte.isBlank: return .sizeBlank
    case (.extensionName, .semicolon), (.extensionToken, .semicolon), (.extensionTextEnd, .semicolon):
      return .extensionStart
    case (.extensionName, .carriageReturn), (.extensionToken, .carriageReturn),
      (.extensionTextEnd, .carriageReturn):
      return .sizeLineFeed
    default: throw .chunk
    }
  }

  private mutating func nextInTrailer(_ byte: UInt8, _ limits: HTTPLimits) throws(HTTPFault) -> State {
    if state == .endLineFeed { return try expect(.lineFeed, byte, then: .done) }
    if state == .trailerStart, byte == .carriageReturn { return .endLineFeed }
    try countOverhead(limits)
    switch state {
    case .trailerStart where byte.isToken: return .trailerName
    case .trailerName where byte.isToken: return .trailerName
    case .trailerName where byte == .colon: return .trailerValue
    case .trailerValue where byte == .carriageReturn: return .trailerLineFeed
    case .trailerValue where byte.isFieldContent: return .trailerValue
    case .trailerLineFeed where byte == .lineFeed: return .trailerStart
    default: throw .chunk
    }
  }
}
