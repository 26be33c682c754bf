import Glibc

/// A file system of its own in memory that can really be filled, for as long as this object lives.
final class SmallDisk {
  /// Where it is mounted.
  let path: String
  private let stage: TrialStage
  private let ballast: Int32
  private let page: Int

  /// Mounts one; `nil` where that is not allowed.
  ///
  /// - Parameters:
  ///   - name: the name of its folder on the stage.
  ///   - kibibytes: how large it is.
  ///   - stage: where it is to be.
  init?(_ name: String, kibibytes: Int, on stage: TrialStage) throws {
    path = stage.path(name)
    self.stage = stage
    page = sysconf(Int32(_SC_PAGESIZE))
    guard mkdir(path, 0o700) == 0 else { throw TrialError("\(path) cannot be made") }
    let words = ["mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k,mode=700", "tmpfs", path]
    guard try stage.run("/usr/bin/env", words).succeeded else { return nil }
    ballast = open(path + "/ballast", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard ballast >= 0 else { throw TrialError("no ballast on the small disk") }
  }

  deinit {
    close(ballast)
    // Lazily: a program that is being killed may still have a file open.
    for words in [["umount", path], ["umount", "-l", path]] {
      if let run = try? stage.run("/usr/bin/env", words), run.succeeded { return }
    }
  }

  /// How many pages are free.
  var freePages: Int {
    var info = statvfs()
    guard fstatvfs(ballast, &info) == 0 else { return 0 }
    return Int(info.f_bavail) * Int(info.f_bsize) / page
  }

  /// How many pages could be free.
  var spare: Int {
    var info = stat()
    fstat(ballast, &info)
    return Int(info.st_size) / page + freePages
  }

  /// Throws ballast out, and takes on as much as leaves so many pages free.
  func leave(pages: Int) throws {
    var info = stat()
    fstat(ballast, &info)
    let held = Int(info.st_size) / page
    let wanted = max(0, held + freePages - pages)
    guard ftruncate(ballast, min(held, wanted) * page) == 0 else { throw TrialError("the ballast is stuck") }
    let filling = [UInt8](repeating: 1, count: page)
    for index in min(held, wanted)..<wanted {
      guard pwrite(ballast, filling, page, index * page) == page else { break }
    }
    // Fewer are fine: a program may have written meanwhile.
    guard freePages <= pages else { throw TrialError("\(freePages) pages are free instead of \(pages)") }
  }

  /// Throws all ballast out.
  func free() { ftruncate(ballast, 0) }
}
