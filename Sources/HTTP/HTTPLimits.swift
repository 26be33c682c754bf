/// What one connection may ask of this side: sizes in bytes, times in seconds.
///
/// Every limit is on by default. Reaching one is answered with a status of its own and ends the connection.
public struct HTTPLimits: Sendable, Equatable {
  /// The longest request target; more is 414 (RFC 9110 §15.5.15).
  public var target = 8 * 1024
  /// The longest field line or status line, without its line end; more is 431 (RFC 6585 §5).
  public var line = 8 * 1024
  /// The most field lines in a head; more is 431.
  public var fields = 100
  /// The most bytes of all field lines of a head together; more is 431.
  public var header = 32 * 1024
  /// The longest body after decoding; more is 413 (RFC 9110 §15.5.14).
  public var body = 8 * 1024 * 1024
  /// The most bytes of chunk extensions and trailers of one body together; more is 431 (RFC 9112 §7.1.1).
  public var chunkOverhead = 4 * 1024
  /// The longest body that is read and thrown away to keep a connection whose request was refused early.
  public var discardedBody = 64 * 1024
  /// The most bytes kept while a request is being answered; a peer that sends more is cut off.
  public var pipelined = 128 * 1024

  /// How long a head may take from its first byte, and the first byte from the connection.
  public var headSeconds = 10
  /// How long a connection may be silent between two requests.
  public var idleSeconds = 75
  /// The bytes a second that a peer must send of a body, or take of an answer.
  public var bytesPerSecond = 500
  /// The length of the windows in which the rate of a body is measured.
  public var bodySeconds = 20
  /// How long an answer may wait for a peer that takes nothing.
  public var writeSeconds = 30
  /// How long a body, or an answer, may take altogether, however steadily it comes or is taken.
  public var wholeSeconds = 3_600
  /// How long the peer's end is awaited after this side has closed its own.
  public var lingerSeconds = 5

  /// The limits named above.
  public init() {}
}
