import Foundation

/// A file of the hub's folder that could not be written.
public struct HubFolderError: Error, CustomStringConvertible {
  /// Which, and why.
  public let description: String

  init(_ path: String, _ code: Int32) {
    description = "\(path) cannot be written: \(String(cString: strerror(code)))"
  }
}
