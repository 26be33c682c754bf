import Foundation
import Hub
import JSON
import Terminal

/// The commands that ask a running hub.
struct AdminCommands {
  let client: AdminClient
  let printsJSON: Bool
  let style: Style
  let width: Int?

  init(_ folder: HubFolder, printsJSON: Bool) throws {
    client = try AdminClient(folder)
    self.printsJSON = printsJSON
    let environment = ProcessInfo.processInfo.environment
    style = Terminal.style(of: 1, environment: environment)
    width = style.isTerminal ? Terminal.width(environment: environment) : nil
  }

  func run(_ invocation: Invocation) throws -> Int32 {
    switch invocation.path {
    case ["member", "add"]: try addMember(invocation.arguments[0])
    case ["member", "list"]: try listMembers()
    case ["invite"]: try invite(invocation.arguments[0], days: invocation.value("--days"))
    case ["replica", "list"]: try listReplicas()
    case ["replica", "revoke"]: try revoke(invocation.arguments[0])
    case ["token", "add"]: try addToken(invocation)
    case ["token", "list"]: try listTokens()
    case ["token", "revoke"]: try revokeToken(invocation.arguments[0])
    default: try status()
    }
    return 0
  }

  private func addMember(_ name: String) throws {
    let answer = try client.post("/v1/members", ["member": .string(Text(name))])
    if printsJSON { return show(answer) }
    Terminal.write("Added \(name). Next: 'pioc-hub invite \(name)'.\n")
  }

  private func listMembers() throws {
    let answer = try client.get("/v1/members")
    if printsJSON { return show(answer) }
    var table = Table(columns: [.init("MEMBER"), .init("REPLICAS", alignment: .right)])
    for member in answer["members"]?.array ?? [] {
      table.add([text(member, "member"), number(member, "replicas").map(String.init) ?? "0"])
    }
    Terminal.write(
      table.isEmpty
        ? "There are no members yet: 'pioc-hub member add NAME'.\n" : table.render(style: style, width: width))
  }

  private func invite(_ member: String, days: String?) throws {
    var body: JSONObject = ["member": .string(Text(member))]
    if let days {
      guard let count = Int64(days), (1...90).contains(count) else {
        throw HubProgramError.usage("'\(days)' is not a number of days.", "Write for example --days 7.")
      }
      body["days"] = .int(count)
    }
    let answer = try client.post("/v1/invites", .object(body))
    if printsJSON { return show(answer) }
    let code = text(answer, "invite")
    // The code alone goes to standard output, so that it can be piped; what to do with it goes beside it.
    Terminal.write("\(code)\n")
    Terminal.write("One replica of \(member) may join with it: 'pioc join URL', and paste the invite.\n", to: 2)
  }

  private func revoke(_ id: String) throws {
    guard id.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }) else {
      throw HubProgramError.usage("'\(id)' is not the id of a replica.", "See 'pioc-hub replica list'.")
    }
    let answer = try client.post("/v1/replicas/\(id)/revoke", [:])
    if printsJSON { return show(answer) }
    Terminal.write("Revoked \(id): its token opens nothing any more.\n")
    tellLineage(answer, but: id)
  }

  /// Who was shut out with a replica, and from whom it came.
  private func tellLineage(_ answer: JSON, but id: String) {
    let others = texts(answer, "replicas").filter { $0 != id }
    if !others.isEmpty {
      Terminal.write("So are the ids that came from it: \(others.joined(separator: ", ")).\n")
      Terminal.write(
        "Whoever rightly uses one of them joins again with a new invite; nothing that is pending is lost.\n")
    }
    let former = texts(answer, "former")
    if !former.isEmpty {
      Terminal.write("It came from \(former.joined(separator: ", ")), still open for other copies of its file.\n")
      Terminal.write(
        "If there are none, or that token may be stolen too: 'pioc-hub replica revoke \(former.last ?? "")'.\n")
    }
  }

  private func listReplicas() throws {
    let answer = try client.get("/v1/replicas")
    if printsJSON { return show(answer) }
    Terminal.write(replicaTable(answer["replicas"]?.array ?? [], now: HubProcess.now()))
  }

  private func addToken(_ invocation: Invocation) throws {
    guard invocation.arguments[0] == "integrator" || invocation.value("--member") == nil else {
      throw HubProgramError.usage(
        "only an integrator's token belongs to a member.", "Leave --member out, or make an integrator's token.")
    }
    var body: JSONObject = [
      "role": .string(Text(invocation.arguments[0])), "label": .string(Text(invocation.arguments[1])),
    ]
    body["member"] = invocation.value("--member").map { .string(Text($0)) }
    let answer = try client.post("/v1/tokens", .object(body))
    if printsJSON { return show(answer) }
    Terminal.write("\(text(answer, "token"))\n")
    Terminal.write(
      "Keep it like a password: it is not shown again. Take it back with 'pioc-hub token revoke \(text(answer, "id"))'.\n",
      to: 2)
  }

  private func listTokens() throws {
    let answer = try client.get("/v1/tokens")
    if printsJSON { return show(answer) }
    var table = Table(columns: [
      .init("ID"), .init("ROLE"), .init("WHOSE", weight: 1), .init("MADE"), .init("STATE"),
    ])
    for token in answer["tokens"]?.array ?? [] {
      let label = text(token, "label")
      let whose = [text(token, "replica"), label].filter { !$0.isEmpty }.joined(separator: ", ")
      let age = number(token, "created").map { RelativeTime.describe(millisecondsAgo: HubProcess.now() - $0) } ?? ""
      let isFile = text(token, "role") == "admin" && label.isEmpty
      table.add([
        text(token, "id"), text(token, "role"), isFile ? "the file admin-token" : whose, age,
        number(token, "revoked") == nil ? "valid" : "revoked",
      ])
    }
    Terminal.write(table.render(style: style, width: width))
  }

  private func revokeToken(_ id: String) throws {
    guard id.utf8.count == 12, id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      throw HubProgramError.usage("'\(id)' is not the id of a token.", "See 'pioc-hub token list'.")
    }
    let answer = try client.post("/v1/tokens/\(id)/revoke", [:])
    if printsJSON { return show(answer) }
    Terminal.write("Revoked \(id): it opens nothing any more.\n")
    tellLineage(answer, but: "")
  }

  private func status() throws {
    let answer = try client.get("/v1/status")
    if printsJSON { return show(answer) }
    let keys: [Text] = ["head", "records", "conflicts"]
    let numbers = keys.map { "\($0) \(number(answer, $0) ?? 0)" }.joined(separator: ", ")
    Terminal.write("Hub \(text(answer, "hub")), version \(text(answer, "version")): \(numbers)\n")
    Terminal.write("Digest \(text(answer, "digest").prefix(16))\n\n")
    if let failed = number(answer, "failedSyncs"), failed > 0 {
      Terminal.write("Its disk failed to store \(failed) times: look at the disk, and at 'journalctl -k'.\n\n")
    }
    Terminal.write(replicaTable(answer["replicas"]?.array ?? [], now: number(answer, "time") ?? HubProcess.now()))
  }

  private func replicaTable(_ replicas: [JSON], now: Int64) -> String {
    if replicas.isEmpty { return "No replica has joined yet: 'pioc-hub invite MEMBER'.\n" }
    // Only where somebody has one: the table is wide.
    let showsFormer = replicas.contains { $0["former"] != nil }
    var table = Table(
      columns: [
        .init("REPLICA"), .init("LAST CONTACT"), .init("BEHIND", alignment: .right), .init("UNSENT", alignment: .right),
        .init("REFUSED", alignment: .right), .init("CONFLICTS", alignment: .right), .init("CLOCK"),
        .init("TROUBLE", weight: 1),
      ] + (showsFormer ? [.init("CAME FROM")] : []))
    for replica in replicas {
      let contact = number(replica, "contact")
      table.add(
        [
          text(replica, "replica"), contact.map { RelativeTime.describe(millisecondsAgo: now - $0) } ?? "never",
          "\(number(replica, "behind") ?? 0)", "\(number(replica, "pending") ?? 0)",
          "\(number(replica, "rejected") ?? 0)", "\(number(replica, "conflicts") ?? 0)",
          skew(number(replica, "skew")), text(replica, "trouble"),
        ] + (showsFormer ? [text(replica, "former")] : []))
    }
    return table.render(style: style, width: width)
  }

  private func skew(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "" }
    if milliseconds.magnitude < 60_000 { return "ok" }
    let minutes = milliseconds.magnitude / 60_000
    let size = minutes < 120 ? "\(minutes) min" : minutes < 2_880 ? "\(minutes / 60) h" : "\(minutes / 1_440) days"
    return size + (milliseconds > 0 ? " ahead" : " behind")
  }

  private func show(_ json: JSON) { Terminal.write(json.pretty() + [0x0A]) }
  private func text(_ json: JSON, _ key: Text) -> String { json[key]?.text?.string ?? "" }
  private func texts(_ json: JSON, _ key: Text) -> [String] {
    json[key]?.array?.compactMap { $0.text?.string } ?? []
  }
  private func number(_ json: JSON, _ key: Text) -> Int64? { json[key]?.integer }
}
