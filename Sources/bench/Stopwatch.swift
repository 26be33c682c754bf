import Foundation

/// Measures wall time.
struct Stopwatch {
  private let start = DispatchTime.now().uptimeNanoseconds

  /// Seconds since it was made.
  var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }

  /// Seconds that a piece of work takes.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let watch = Stopwatch()
    try body()
    return watch.seconds
  }
}
