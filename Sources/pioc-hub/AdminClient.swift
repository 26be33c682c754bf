import Foundation
import FoundationNetworking
import Hub
import JSON
import Replica

/// Talks to the hub that serves from a data folder, as its administrator.
struct AdminClient {
  private let base: URL
  private let token: Text
  private let transport: any HubTransport

  /// - Parameter patience: how many seconds an answer may take.
  init(_ folder: HubFolder, patience: Double = 30) throws {
    guard let token = folder.read(folder.adminToken), !token.isEmpty else {
      throw HubProgramError.failed(
        "there is no hub's data in \(folder.url.path).",
        "Start one with 'pioc-hub serve', or name its folder with --data.")
    }
    guard let address = folder.read(folder.address), let base = URL(string: address) else {
      throw HubProgramError.failed("no hub is serving from \(folder.url.path).", "Start it with 'pioc-hub serve'.")
    }
    self.base = base
    transport = HubTransports.make(
      for: base, userAgent: "pioc-hub/\(version)", idleSeconds: max(10, patience / 3),
      deadlineSeconds: patience)
    self.token = Text(token)
  }

  /// Whether a hub answers at all.
  func answers() -> Bool { (try? get("/healthz")) != nil }

  func get(_ path: String) throws -> JSON { try send(HubCall(method: "GET", path: path, token: token)) }

  func post(_ path: String, _ body: JSON?) throws -> JSON {
    try send(HubCall(method: "POST", path: path, token: token, body: body?.write() ?? []))
  }

  private func send(_ call: HubCall) throws -> JSON {
    let reply: HubReply
    do {
      reply = try transport.send(call, to: base)
    } catch let failure as SyncFailure {
      throw HubProgramError(
        message: "the hub at \(base) does not answer.", advice: "Is it running? Start it with 'pioc-hub serve'.",
        exitCode: failure.isTemporary ? 75 : 1)
    }
    guard let json = try? JSON.parse(reply.body, limits: JSONLimits(bytes: 64 * 1024 * 1024)) else {
      throw HubProgramError.failed("what answers at \(base) is not a hub.", "Start the hub again.")
    }
    guard (200..<300).contains(reply.status) else {
      let detail = json["detail"]?.text?.string ?? "status \(reply.status)"
      var advice = json["advice"]?.text?.string ?? "Look at the hub's output."
      if reply.status == 503, let request = json["request"]?.text?.string {
        advice += "\nThe hub's log has the cause under \(request)."
      }
      throw HubProgramError(message: detail + ".", advice: advice, exitCode: reply.status == 503 ? 75 : 1)
    }
    return json
  }
}
