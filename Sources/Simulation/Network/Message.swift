import HTTP

/// What is sent on one connection.
struct Message {
  let bytes: [UInt8]
  let isCut: Bool

  init(_ bytes: [UInt8], isCut: Bool = false) {
    self.bytes = bytes
    self.isCut = isCut
  }
}

/// What the hub made of a message.
struct Served {
  /// By what the message is known.
  let ticket: Int
  /// What it said; nothing where it died.
  let bytes: [UInt8]?
  /// Whether it holds its answer back until there is news.
  var isHeld = false
}

/// A connection on which the hub holds an answer back.
struct OpenConnection {
  var connection: ServerConnection
  /// The hub's process that holds it.
  let life: Int
}
