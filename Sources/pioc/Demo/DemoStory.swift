import Foundation
import JSON

/// What happens in the demo, in order.
struct DemoStory {
  let stage: DemoStage
  private let cities = ["bogota", "durban", "tripoli"]

  func tell() throws {
    stage.say("PeaceSync demo: a hub and three cities on this machine, with real files and real records.")
    try meet()
    try share()
    let event = try forum()
    try workOffline(on: event)
    try exchange(event)
    try resolve(event)
    try prove()
  }

  private func meet() throws {
    stage.chapter("1. An administrator starts a hub and invites three cities")
    try stage.hub.start()
    stage.say("  (hub$ pioc-hub serve, at \(stage.hub.url))")
    for city in cities {
      try stage.administer(["member", "add", city], isShown: city == cities[0])
      let invite = try stage.administer(["invite", city], isShown: city == cities[0])
      let code = invite.split(separator: "\n").first.map(String.init) ?? ""
      try stage.type(
        city, ["join", stage.hub.url, "--member", city, "--invite", "-"], input: code + "\n", shows: 1)
    }
  }

  private func share() throws {
    stage.chapter("2. Bogotá imports the records of two event pages and shares them")
    let sample = stage.folder.appendingPathComponent("pioc-sample.json")
    try Data(PackageResources.pioc_sample_json).write(to: sample)
    try stage.type("bogota", ["import", sample.path])
    for city in cities { try stage.type(city, ["sync"], shows: 1) }
    for city in cities {
      let records = try stage.ask(city, ["status"])["records"]
      let counts = (records?["event"]?.integer, records?["contact"]?.integer, records?["publication"]?.integer)
      try claim(counts == (5, 8, 2), "\(city) holds 5 events, 8 contacts and 2 publications")
    }
  }

  /// The event that the cities will disagree about.
  private func forum() throws -> String {
    let found = try stage.ask("bogota", ["search", "smart cities-opportunity"])
    guard let id = found.array?.first?["id"]?.text?.string, found.array?.count == 1 else {
      throw DemoError("the search for the webinar does not find it")
    }
    return String(id.prefix(8))
  }

  private func workOffline(on event: String) throws {
    stage.chapter("3. The line goes down; everybody works on")
    stage.hub.stop()
    try stage.type("bogota", ["set", event], in: "event", ["--title", "Smart Cities webinar, Bogotá session"])
    try stage.type("durban", ["set", event], in: "event", ["--title", "Smart Cities webinar, Durban session"])
    try stage.type("durban", ["set", event], in: "event", ["--add", "area=Urban Safety"])
    try stage.type(
      "tripoli", ["event", "add", "--title", "ورشة سلام المدينة", "--when", "2027-03-01..2027-03-03"], shows: 1)
    try stage.type("tripoli", ["sync"], expected: ExitCode.temporary, shows: 2)
    for city in cities {
      let pending = try stage.ask(city, ["status"])["pending"]?.integer ?? 0
      try claim(pending == (city == "durban" ? 2 : 1), "\(city) keeps its work until there is a line")
    }
  }

  private func exchange(_ event: String) throws {
    stage.chapter("4. The line is back: what can be merged is merged, what cannot is kept and shown")
    try stage.hub.start()
    try stage.type("bogota", ["sync"], shows: 1)
    try stage.type("durban", ["sync"], expected: ExitCode.needsYou, shows: 2)
    try stage.type("bogota", ["sync"], expected: ExitCode.needsYou, shows: 2)
    try stage.type("tripoli", ["sync"], expected: ExitCode.needsYou, shows: 2)
    for city in ["bogota", "durban"] {
      let conflict = try stage.ask(city, ["conflicts", "show", event])["conflicts"]?.array?.first
      let members = Set((conflict?["values"]?.array ?? []).compactMap { $0["member"]?.text?.string })
      try claim(members == ["bogota", "durban"], "\(city) sees both titles, and who wrote them")
    }
    let document = try stage.ask("bogota", ["event", "show", event])
    let areas = (document["areas"]?.array ?? []).compactMap { $0.text?.string }
    try claim(areas.contains("Urban Safety") && areas.count == 2, "the new area was merged without a question")
  }

  private func resolve(_ event: String) throws {
    stage.chapter("5. Durban settles it, for everyone")
    try stage.type("durban", ["conflicts", "show", event], shows: 12)
    try stage.type(
      "durban", ["conflicts", "resolve", event, "--value", "Smart Cities webinar, Bogotá and Durban"], shows: 2)
    for city in ["durban", "bogota", "tripoli"] { try stage.type(city, ["sync"], shows: 1) }
    for city in cities {
      let status = try stage.ask(city, ["status"])
      try claim(
        status["conflicts"]?.integer == 0 && status["pending"]?.integer == 0,
        "\(city) has no conflict and nothing to send")
      let title = try stage.ask(city, ["event", "show", event])["title"]?.text?.string
      try claim(title == "Smart Cities webinar, Bogotá and Durban", "\(city) shows the title that was agreed on")
    }
  }

  private func prove() throws {
    stage.chapter("6. Proof: everybody computes a digest of all records from the data")
    var digests: Set<String> = []
    for city in cities {
      try stage.type(city, ["verify"], shows: 2)
      let outcome = try stage.ask(city, ["verify"])
      try claim(outcome["agrees"] == .bool(true), "\(city) agrees with the hub")
      digests.insert(outcome["digest"]?.text?.string ?? "none from \(city)")
    }
    let status = try stage.administer(["status", "--json"], isShown: false)
    digests.insert((try? JSON.parse(Array(status.utf8)))?["digest"]?.text?.string ?? "none from the hub")
    try claim(digests.count == 1, "the three cities and the hub have one digest: \(digests.first?.prefix(16) ?? "")")
    stage.say("\nNothing was lost, everyone agrees, and anyone can check it.")
  }

  private func claim(_ holds: Bool, _ text: String) throws {
    guard holds else { throw DemoError("it is not so that \(text)") }
    stage.checked(text)
  }
}

extension DemoStage {
  /// Types a verb on a record of a kind: `pioc event set ID …`.
  @discardableResult
  fileprivate func type(
    _ city: String, _ verb: [String], in kind: String, _ options: [String]
  ) throws -> String {
    try type(city, [kind] + verb + options, shows: 1)
  }
}
