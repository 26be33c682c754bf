/// The way from somebody to the hub.
final class Line {
  /// Whose it is.
  let name: String
  /// The last answer that came, for a proxy that gives it again.
  var lastAnswer: [UInt8]?

  init(name: String) { self.name = name }
}
