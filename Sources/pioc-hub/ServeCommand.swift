import Dispatch
import Foundation
import Hub
import SQLite
import Store
import Terminal

/// `pioc-hub serve`.
enum ServeCommand {
  static func run(_ folder: HubFolder, _ invocation: Invocation) throws -> Int32 {
    let (host, port) = try address(invocation.value("--listen") ?? "127.0.0.1:8642")
    var limits = try limits(invocation)
    let files = limits.fitDescriptors()
    let signals = StopSignals()
    let log = try log(invocation)
    let hub: HubProcess
    do {
      hub = try HubProcess(
        folder: folder, host: host, port: port, version: version, limits: limits, log: log,
        complain: complaints())
    } catch let error as HubFolder.InUse {
      throw HubProgramError.failed("\(error).", "Stop it first, or name another folder with --data.")
    } catch let error as SQLiteError where error.isFailedSync {
      throw HubProgramError.failed(
        "the disk failed to store what the hub wrote before: \(error)",
        "Check the disk and restart this machine before the hub; until then nothing it says is safe from a power loss.")
    } catch let error where error is SQLiteError || error is SchemaError || error is StoreError {
      throw HubProgramError.failed(
        "the hub cannot start: \(folder.database.path) \(HubFileProblem.reason(error)).",
        "Check the disk and the folder, or put a backup back with 'pioc-hub restore FILE'.")
    } catch {
      throw HubProgramError.failed("the hub cannot start: \(error).", "Check the data folder and the address.")
    }
    let stopped = signals.stop(hub)
    announce(hub, folder, host: host)
    if let files {
      Terminal.write(
        "Note: this process may open \(files) files, so it takes \(limits.connections) connections at once; "
          + "'ulimit -n' or LimitNOFILE raise that.\n")
    }
    hub.run()
    stopped.wait()
    return 0
  }

  private static func limits(_ invocation: Invocation) throws -> DoorLimits {
    var limits = DoorLimits()
    limits.requestsPerToken = try number("--token-rate", "requests a minute", invocation) ?? limits.requestsPerToken
    limits.requestsPerAddress =
      try number("--address-rate", "requests a minute", invocation) ?? limits.requestsPerAddress
    limits.connectionsPerAddress =
      try number("--address-connections", "connections", invocation) ?? limits.connectionsPerAddress
    for proxy in invocation.values("--trusted-proxy") where !limits.trust(proxy) {
      throw HubProgramError.usage("'\(proxy)' is not an IP address.", "Write for example --trusted-proxy 127.0.0.1.")
    }
    return limits
  }

  /// Where a line about each request goes: standard error, which a service's journal keeps.
  private static func log(_ invocation: Invocation) throws -> LogWriter? {
    switch invocation.value("--log") ?? "auto" {
    case "never": return nil
    case "auto" where isatty(2) == 1: return nil
    case "auto", "always": return LogWriter { Terminal.write($0, to: 2) }
    case let text: throw HubProgramError.usage("'\(text)' is not always, never or auto.", "Leave --log out for auto.")
    }
  }

  /// Where a request that failed at the hub is told of when there are no lines: standard error too.
  private static func complaints() -> @Sendable (String) -> Void {
    // On a queue of its own: nobody may be reading, and no request waits for that.
    let queue = DispatchQueue(label: "complaints")
    return { sentence in queue.async { Terminal.write("pioc-hub: \(TerminalSafe.line(sentence))\n", to: 2) } }
  }

  private static func number(_ option: String, _ what: String, _ invocation: Invocation) throws -> Int? {
    guard let text = invocation.value(option) else { return nil }
    guard let number = Int(text), (0...10_000_000).contains(number) else {
      throw HubProgramError.usage("'\(text)' is not a number of \(what).", "Write for example \(option) 6000.")
    }
    return number
  }

  private static func announce(_ hub: HubProcess, _ folder: HubFolder, host: String) {
    let shown = host.contains(":") ? "[\(host)]" : host
    var text = "pioc-hub \(version), hub \(hub.hub), data in \(folder.url.path)\n"
    text += "Listening on http://\(shown):\(hub.port)  (Ctrl-C stops it)\n"
    if let warning = hub.warning { text += "Warning: \(warning).\n" }
    if hub.isNew {
      text += "This hub is new. In another terminal:\n"
      text += "  pioc-hub member add bogota       add a member\n"
      text += "  pioc-hub invite bogota           make an invite for one of its replicas\n"
    }
    Terminal.write(text)
  }

  private static func address(_ text: String) throws -> (String, UInt16) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
      colon > text.startIndex
    else {
      throw HubProgramError.usage("'\(text)' is not HOST:PORT.", "Write for example --listen 127.0.0.1:8642.")
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return (host, port)
  }
}
