/// The client's side of one connection: bytes in, answers out, as strict as the server's side.
///
/// Tell it the method of every request in the order of sending (`expect`), feed it what arrives (`receive`,
/// `receiveEnd`), and take answers with `next` until there is none. After a fault the connection is useless.
public struct ResponseParser: Sendable {
  private struct Head {
    var line: StatusLine
    var section: FieldSection
  }

  private let limits: HTTPLimits
  private var methods: [String] = []
  private var input: [UInt8] = []
  private var position = 0
  private var hasEnded = false
  private var head: Head?
  private var response: ReceivedResponse?
  private var body: BodyReader?
  private var fault: HTTPFault?

  /// A parser that refuses answers beyond these limits.
  public init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// Whether an answer has begun and is not whole yet.
  public var isInsideAnswer: Bool { head != nil || response != nil || position < input.count }

  /// Tells of a request that was sent, since an answer to HEAD has no body.
  public mutating func expect(method: String) { methods.append(method) }

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: [UInt8]) { receive(bytes[...]) }

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: ArraySlice<UInt8>) {
    if head == nil, position > 0 {
      input.removeSubrange(..<position)
      position = 0
    }
    input.append(contentsOf: bytes)
  }

  /// Takes note that the other side will send nothing more.
  public mutating func receiveEnd() { hasEnded = true }

  /// The next whole answer, or nil while there is none.
  ///
  /// An answer that is cut short is a fault, and so is one that nobody asked for.
  public mutating func next() throws(HTTPFault) -> ReceivedResponse? {
    if let fault { throw fault }
    do throws(HTTPFault) {
      return try read()
    } catch {
      fault = error
      throw error
    }
  }

  private mutating func read() throws(HTTPFault) -> ReceivedResponse? {
    if response == nil {
      guard try readHead() else {
        if hasEnded, isInsideAnswer { throw .incomplete }
        return nil
      }
    }
    guard var whole = response, var reader = body else { return nil }
    // Emptied first, so that the reader's bytes have one owner and are not copied.
    body = nil
    let isOver = try reader.read(input, &position, limits: limits)
    if !isOver, hasEnded, !reader.endsWithConnection { throw .incomplete }
    guard isOver || hasEnded else {
      body = reader
      return nil
    }
    whole.body = reader.bytes
    if whole.status >= 200 { methods.removeFirst() }
    response = nil
    return whole
  }

  /// Reads a head to its end, and returns whether it is whole.
  private mutating func readHead() throws(HTTPFault) -> Bool {
    if head == nil {
      guard position < input.count else { return false }
      guard !methods.isEmpty else { throw .startLine }
      guard let line = try StatusLine.scan(input, from: position, lineLimit: limits.line) else {
        return false
      }
      head = Head(line: line, section: FieldSection(start: line.end))
    }
    guard var current = head, let method = methods.first else { return false }
    // Emptied first, so that the section's entries have one owner and are not copied.
    head = nil
    guard try current.section.read(input, limits: limits) else {
      head = current
      return false
    }
    let line = current.line
    let fields = current.section.fields(in: input)
    let framing = try BodyFraming.ofResponse(
      fields, minorVersion: Int(line.minor), status: line.status, method: method)
    body = try BodyReader(framing, limits: limits)
    response = ReceivedResponse(
      status: line.status, fields: fields, body: [],
      closes: line.minor == 0 || framing == .untilClose || fields.hasToken("close", in: "connection"))
    position = current.section.end
    return true
  }
}
