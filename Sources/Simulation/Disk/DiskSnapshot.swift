/// All files of a disk at one moment, as a process that copies them would see them.
public struct DiskSnapshot: Sendable, Equatable {
  /// The contents by path.
  public let files: [String: [UInt8]]
}
