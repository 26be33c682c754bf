import Glibc

/// A file whose first change tells how far a program has come.
struct WatchedFile {
  private let path: String
  private let before: [Int]

  /// Looks at a file as it is now; it need not be there.
  init(_ path: String) {
    self.path = path
    before = Self.look(path)
  }

  /// Whether it is another one than at first.
  var hasChanged: Bool { Self.look(path) != before }

  /// Whether there is nothing in it.
  var isEmpty: Bool {
    let now = Self.look(path)
    return now.isEmpty || now[1] == 0
  }

  private static func look(_ path: String) -> [Int] {
    var info = stat()
    guard stat(path, &info) == 0 else { return [] }
    return [Int(info.st_ino), Int(info.st_size), info.st_mtim.tv_sec, info.st_mtim.tv_nsec]
  }
}
