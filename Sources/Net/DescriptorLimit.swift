internal import Glibc

/// How many files and sockets the process may have open.
public enum DescriptorLimit {
  /// Raises the limit as far as the system lets an ordinary user, and returns it.
  ///
  /// Most systems start a process with 1024, which is too few for thousands of waiting clients.
  @discardableResult
  public static func raise() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    let before = limit
    limit.rlim_cur = limit.rlim_max
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return Int(clamping: before.rlim_cur)
    }
    return Int(clamping: limit.rlim_cur)
  }
}
