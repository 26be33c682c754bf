internal import Glibc
internal import HTTP

/// The loop of a server: one thread, one epoll instance, plain calls.
///
/// Not Sendable on purpose: all of it belongs to the thread in `run`. Other threads reach it by its mailbox.
final class ServerLoop {
  static let listenerNumber = UInt64.max
  static let mailboxNumber = UInt64.max - 1

  let configuration: ServerConfiguration
  let mailbox: Mailbox
  let poll: Poll
  var listener: Descriptor?
  var isAcceptPaused = false

  /// Indexed by descriptor, since the system gives out the smallest free one.
  var connections: [Connection?] = []
  /// Beside the connections, so that a sweep over thousands of them reads one array only.
  var deadlines: [UInt64] = []
  var count = 0
  var nextGeneration: UInt32 = 0
  var nextTicket: UInt64 = 0

  /// The bytes of unfinished requests and unread answers that all connections together hold.
  var heldBytes = 0
  /// Whose bytes these are, who was idle longest first.
  var holders = HolderOrder()
  var addresses: AddressCounts

  /// Connections that had their turn and still have work.
  var unfinished: [Connection] = []
  /// Answers that no connection has got yet.
  var letters = MailQueue()

  var nextSweep: UInt64
  /// Where a sweep that has begun goes on; 0 when none has.
  var sweepPosition = 0
  /// Where telling all connections of the end goes on; `nil` when there is nothing to tell.
  var drainPosition: Int?

  var now = Clock.monotonicMilliseconds()
  var stopDeadline: UInt64?
  private var dateSecond: Int64 = .min
  private var dateLineOfSecond: [UInt8] = []
  /// Every socket is read into this one piece of memory, so that idle connections hold none.
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)

  init(_ configuration: ServerConfiguration, mailbox: Mailbox, listener: Descriptor) throws(NetError) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.listener = listener
    addresses = AddressCounts(limit: configuration.bounds.connectionsPerAddress)
    nextSweep = now + Self.sweepMilliseconds
    poll = try Poll()
    guard poll.addReader(mailbox.raw, number: Self.mailboxNumber),
      poll.addReader(listener.raw, number: Self.listenerNumber)
    else { throw NetError("epoll_ctl", code: errno) }
  }

  deinit { buffer.deallocate() }

  /// Serves until the mailbox says stop and the last connection is gone, or the grace is over.
  func run() {
    mailbox.open()
    while !isOver {
      let events = poll.wait(milliseconds: waitMilliseconds)
      now = Clock.monotonicMilliseconds()
      for index in 0..<events { handle(poll[index]) }
      settle()
      drainSome()
      sweepSome()
      shedSome()
    }
    for index in connections.indices { connections[index].map(drop) }
    mailbox.close()
  }

  private var isOver: Bool {
    guard let stopDeadline else { return false }
    return count == 0 || now >= stopDeadline
  }

  /// Without connections nothing has a deadline, and a silent server sleeps without end.
  private var waitMilliseconds: Int32 {
    if !unfinished.isEmpty || !letters.isEmpty || sweepPosition > 0 || drainPosition != nil || isOverfull { return 0 }
    if count == 0, !isAcceptPaused, stopDeadline == nil { return -1 }
    let end = min(nextSweep, stopDeadline ?? .max)
    return end > now ? Int32(clamping: end - now) : 0
  }

  private func handle(_ events: Poll.Events) {
    switch events.number {
    case Self.listenerNumber: acceptAll()
    case Self.mailboxNumber: collectMail()
    default:
      let raw = Int(truncatingIfNeeded: events.number & 0xFFFF_FFFF)
      guard let connection = connections[raw], UInt64(connection.generation) == events.number >> 32 else {
        return
      }
      if events.isBroken { return drop(connection) }
      if events.isReadable { connection.isReadable = true }
      if events.isWritable { connection.isWritable = true }
      if events.isHalfClosed { connection.isHalfClosed = true }
      drive(connection)
    }
  }

  /// Does what the events of this round left over.
  private func settle() {
    let waiting = unfinished
    unfinished = []
    for connection in waiting {
      connection.isSetAside = false
      if isOpen(connection) { drive(connection) }
    }
    for _ in 0..<Self.lettersInTurn {
      // Those of this thread that no `ask` has seen: a handler let go late, or was no part of it.
      letters.add(mailbox.takeLocal())
      guard let mail = letters.next() else { return }
      deliver(mail)
    }
  }

  private func collectMail() {
    let (new, stopGrace) = mailbox.collect()
    letters.add(new)
    if let stopGrace, stopDeadline == nil { beginStop(graceMilliseconds: stopGrace) }
  }

  /// The field line with the date, made once a second.
  var dateLine: [UInt8] {
    let second = Clock.unixSeconds()
    if second != dateSecond {
      dateSecond = second
      dateLineOfSecond = HTTPDate.line(unixSeconds: second)
    }
    return dateLineOfSecond
  }
}
