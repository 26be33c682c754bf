import Foundation

/// An nginx with one worker, as a yardstick: small answers of its own, one file, and a way to another server.
final class NginxChild {
  /// Where nginx is, if it is.
  static var program: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (folders + ["/usr/sbin", "/usr/local/sbin"]).map { $0 + "/nginx" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  let port: UInt16
  private let process = Process()

  /// Starts nginx, if it is installed; otherwise says that it is not.
  ///
  /// - Parameters:
  ///   - folder: where its files go.
  ///   - sheet: where that is said.
  ///   - fileBytes: the size of what it answers at `/file`.
  ///   - upstream: the port to which it passes what is sent to `/body`.
  static func start(folder: URL, _ sheet: Sheet, fileBytes: Int = 1, upstream: UInt16 = 9) throws -> NginxChild? {
    guard let program else {
      sheet.note("nginx is not installed: no yardstick")
      return nil
    }
    return try NginxChild(program, folder.appendingPathComponent("nginx"), fileBytes, upstream)
  }

  private init(_ program: String, _ folder: URL, _ fileBytes: Int, _ upstream: UInt16) throws {
    port = try Self.freePort()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("file")
    try Data(repeating: 0x61, count: fileBytes).write(to: file)
    let settings = folder.appendingPathComponent("nginx.conf")
    try Self.settings(folder.path, port, upstream).write(to: settings, atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-p", folder.path, "-c", settings.path, "-e", folder.appendingPathComponent("log").path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    let patience = Stopwatch()
    while worker == nil || (try? ClientSocket(port: port)) == nil {
      guard process.isRunning, patience.seconds < 10 else { throw BenchError("nginx did not start") }
      usleep(20_000)
    }
  }

  /// The worker's process, once the master, which only watches over it, has made it.
  var worker: Int32? {
    let master = process.processIdentifier
    let children = try? String(contentsOfFile: "/proc/\(master)/task/\(master)/children", encoding: .utf8)
    return children?.split(separator: " ").first.flatMap { Int32($0) }
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// Its timeouts are its own, but for the idle time, which must outlast the bench.
  private static func settings(_ folder: String, _ port: UInt16, _ upstream: UInt16) -> String {
    """
    \(getuid() == 0 ? "user root;" : "")
    worker_processes 1; worker_rlimit_nofile 20000; daemon off; pid \(folder)/pid; error_log \(folder)/log crit;
    events { worker_connections 16384; }
    http {
      access_log off; sendfile on; keepalive_timeout 120s; client_max_body_size 8m; default_type text/plain;
      client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy; fastcgi_temp_path \(folder)/fastcgi;
      uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
      server {
        listen 127.0.0.1:\(port) backlog=4096;
        location = /small { return 200 "{\\"answer\\":\\"from nginx\\"}"; }
        location = /file { root \(folder); }
        location = /body { proxy_pass http://127.0.0.1:\(upstream); }
      }
    }

    """
  }

  /// A port that was free a moment ago.
  private static func freePort() throws -> UInt16 {
    let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(raw) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(raw, $0, size) == 0 && getsockname(raw, $0, &size) == 0
      }
    }
    guard bound else { throw BenchError("there is no free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}
