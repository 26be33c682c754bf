internal import Glibc
internal import HTTP

/// One accepted socket with its state machine and what the socket would not take yet.
final class Connection {
  let raw: Int32
  /// Told apart from an earlier connection with the same descriptor by this number (epoll(7), stale events).
  let generation: UInt32
  var machine: ServerConnection
  /// The number of the request in flight.
  var ticket: UInt64 = 0

  // Edge-triggered: what an event said stays true until a call says EAGAIN.
  var isReadable = false
  var isWritable = true
  var isHalfClosed = false
  /// Whether it is among those that the loop comes back to in its next turn.
  var isSetAside = false

  /// The bytes that have gone through the socket so far, both ways.
  private(set) var movedBytes: UInt64 = 0
  /// Where it stands in its loop's account.
  var account = MemoryAccount()
  /// The bytes that wait to be sent; a piece counts as a whole until all of it is gone.
  private var unsentBytes = 0

  private var queue: [(bytes: [UInt8], more: Bool)] = []
  private var offset = 0

  init(raw: Int32, generation: UInt32, machine: ServerConnection) {
    self.raw = raw
    self.generation = generation
    self.machine = machine
  }

  deinit { close(raw) }

  /// Whether the socket should be asked for bytes now.
  ///
  /// While a request is in flight nothing is read, but for the end of the input, which tells that the answer
  /// is the last one.
  var shouldRead: Bool {
    isReadable && (machine.wantsInput || isHalfClosed && machine.canReadAhead)
  }

  /// The bytes of memory that it needs for a request that is not whole, and an answer that is not gone.
  var heldBytes: Int { unsentBytes + machine.bufferedBytes }

  /// Writes bytes, and keeps what the socket does not take now; false when the connection is broken.
  func write(_ bytes: [UInt8], more: Bool, now: UInt64) -> Bool {
    var written = 0
    if queue.isEmpty {
      guard send(bytes, from: &written, more: more, now: now) else { return false }
    }
    if written < bytes.count {
      if queue.isEmpty { offset = written }
      queue.append((bytes, more))
      unsentBytes += bytes.count
    }
    return true
  }

  /// Writes what waits; false when the connection is broken.
  func flush(now: UInt64) -> Bool {
    while isWritable, let next = queue.first {
      guard send(next.bytes, from: &offset, more: next.more, now: now) else { return false }
      if offset == next.bytes.count {
        queue.removeFirst()
        unsentBytes -= next.bytes.count
        offset = 0
        // An idle connection holds no memory for what it has written.
        if queue.isEmpty { queue = [] }
      }
    }
    return true
  }

  /// Sends on from `start` until the socket takes no more; false when the connection is broken.
  private func send(_ bytes: [UInt8], from start: inout Int, more: Bool, now: UInt64) -> Bool {
    while isWritable, start < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Socket.send(raw, UnsafeRawBufferPointer(rebasing: bytes[start...]), more: more)
      }
      if count >= 0 {
        machine.sent(count, now: now)
        movedBytes &+= UInt64(count)
        start += count
      } else if errno == EAGAIN {
        isWritable = false
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Reads once into the buffer and hands it to the machine; false when the connection is broken.
  func read(into buffer: UnsafeMutableRawBufferPointer, now: UInt64) -> Bool {
    let count = recv(raw, buffer.baseAddress, buffer.count, 0)
    if count > 0 {
      movedBytes &+= UInt64(count)
      // A short read has emptied the socket, but an end of input behind it would make no further event.
      if count < buffer.count, !isHalfClosed { isReadable = false }
      machine.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]), now: now)
    } else if count == 0 {
      isReadable = false
      machine.receiveEnd(now: now)
    } else if errno == EAGAIN {
      isReadable = false
    } else if errno != EINTR {
      return false
    }
    return true
  }
}
