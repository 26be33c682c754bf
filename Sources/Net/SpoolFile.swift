internal import Glibc
public import HTTP

/// A body in a file that has no name: it is gone with its last reader, also when the process is killed.
///
/// The file is made with the first bytes. A write goes into the system's cache and is never flushed, since nothing that
/// is only here was acknowledged.
public final class SpoolFile: SpooledBody {
  private struct File {
    var descriptor: Descriptor?
    var count = 0
  }

  /// How the names begin that the files have for a moment.
  public static let prefix = "spool-"
  /// The most bytes that it takes.
  public let limit: Int
  private let folder: SpoolFolder
  private let file = Locked(File())

  /// A file in this folder, empty at first.
  public init(_ folder: SpoolFolder, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  deinit { folder.give(count) }

  /// How many bytes it holds.
  public var count: Int { file.withLock { $0.count } }

  /// Appends bytes; false when its limit is reached, or the folder's, or the disk's.
  public func append(_ bytes: [UInt8]) -> Bool {
    file.withLock { file in
      guard bytes.count <= limit - file.count, folder.take(bytes.count) else { return false }
      guard write(bytes, to: &file) else {
        folder.give(bytes.count)
        return false
      }
      file.count += bytes.count
      return true
    }
  }

  /// Reads up to so many bytes; `nil` when the disk fails.
  public func read(at offset: Int, count: Int) -> [UInt8]? {
    file.withLock { file in
      guard offset >= 0, offset < file.count, let raw = file.descriptor?.raw else { return [] }
      let wanted = min(count, file.count - offset)
      var isWhole = true
      let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        while filled < wanted {
          let read = pread(raw, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(offset + filled))
          if read > 0 {
            filled += read
          } else if read == 0 || errno != EINTR {
            isWhole = false
            return
          }
        }
      }
      return isWhole ? bytes : nil
    }
  }

  private func write(_ bytes: [UInt8], to file: inout File) -> Bool {
    if file.descriptor == nil { file.descriptor = Self.make(in: folder.path) }
    guard let raw = file.descriptor?.raw else { return false }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        pwrite(raw, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(file.count + written))
      }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Makes a file and takes its name away at once.
  private static func make(in folder: String) -> Descriptor? {
    var template = Array("\(folder)/\(prefix)XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { template in
      guard let path = template.baseAddress,
        let descriptor = try? Descriptor(mkstemp(path), "mkstemp")
      else { return nil }
      _ = fcntl(descriptor.raw, F_SETFD, FD_CLOEXEC)
      unlink(path)
      return descriptor
    }
  }
}
