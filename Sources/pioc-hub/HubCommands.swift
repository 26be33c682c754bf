import HTTP
import Hub
import Terminal

/// The words that `pioc-hub` understands.
enum HubCommands {
  static let root = Command(
    "pioc-hub",
    summary: "The PeaceSync hub: takes in what replicas wrote and passes it on.",
    discussion: """
      'pioc-hub serve' works with nothing configured. All other commands talk to the hub that serves from the same \
      data folder, and find its address and the administrator's token there.
      """,
    examples: ["pioc-hub serve", "pioc-hub member add bogota", "pioc-hub invite bogota", "pioc-hub status"],
    options: [
      Option("--data", value: "DIR", "the hub's data folder (default: $XDG_DATA_HOME/pioc-hub)"),
      Option("--json", "print JSON for programs"),
      Option("--version", "print the version"),
    ],
    subcommands: [serve, member, invite, replica, token, status, backup, restore, verify, compact, contract])

  private static let serve = Command(
    "serve", summary: "Run the hub until it is told to stop (SIGTERM or Ctrl-C).",
    discussion: """
      Makes the data folder when it is not there, and prints the address. It speaks plain HTTP and listens on this \
      machine only; to offer it to others, put a reverse proxy with TLS in front of it, and name that proxy with \
      --trusted-proxy, so that limits count its clients and not the proxy.

      Limits that are always on: \(limits).
      """,
    examples: [
      "pioc-hub serve", "pioc-hub serve --data /srv/hub --listen 127.0.0.1:8642",
      "pioc-hub serve --trusted-proxy 127.0.0.1",
    ],
    options: [
      Option("--listen", value: "HOST:PORT", "where to listen (default: 127.0.0.1:8642; port 0 takes any free one)"),
      Option(
        "--trusted-proxy", value: "ADDRESS", repeats: true,
        "believe this proxy's X-Forwarded-For, and let it have any number of connections"),
      Option(
        "--log", value: "WHEN",
        "a line of JSON for each request on standard error: always, never, or auto (default: not on a terminal)"),
      Option(
        "--token-rate", value: "N",
        "requests a minute with one token (default: \(DoorLimits().requestsPerToken); 0 for no limit)"),
      Option(
        "--address-rate", value: "N",
        "requests a minute from one address (default: \(DoorLimits().requestsPerAddress); 0 for no limit)"),
      Option(
        "--address-connections", value: "N",
        "connections at once from one address or one IPv6 /64, but this machine's own and trusted proxies' "
          + "(default: \(DoorLimits().connectionsPerAddress); 0 for no limit)"),
    ])

  /// The limits as the server has them, in one sentence.
  private static var limits: String {
    let (http, door) = (HTTPLimits(), DoorLimits())
    return """
      a request's target and each header line \(http.line / 1024) KiB, \(http.fields) header lines of \
      \(http.header / 1024) KiB together, a body \(http.body / 1024 / 1024) MiB; a header within \(http.headSeconds) s, a \
      body at \(http.bytesPerSecond) bytes a second over \(http.bodySeconds) s, an answer taken at that rate over \
      \(http.writeSeconds) s, either within \(http.wholeSeconds / 60) minutes; \(http.idleSeconds) s of silence between requests; \(door.refusalsPerAddress) requests a \
      minute from one address without a valid token, joins among them; \(door.connections) connections, \
      \(door.heldBytes / 1024 / 1024) MiB of requests and answers in memory together; chunk extensions and trailers of \
      \(http.chunkOverhead / 1024) KiB, \(http.pipelined / 1024) KiB sent ahead, \(http.lingerSeconds) s to close
      """
  }

  private static let member = Command(
    "member", summary: "Add and list members: partner cities and organisations.",
    subcommands: [
      Command(
        "add", summary: "Add a member.", examples: ["pioc-hub member add bogota"],
        arguments: [Argument("NAME", "2 to 40 of a-z, 0-9 and single inner hyphens")]),
      Command("list", aliases: ["ls"], summary: "List the members.", examples: ["pioc-hub member list"]),
    ])

  private static let invite = Command(
    "invite", summary: "Make an invite for one replica of a member; it works once and expires.",
    examples: ["pioc-hub invite bogota", "pioc-hub invite bogota --days 1"],
    options: [Option("--days", value: "N", "for how many days it is good, 1 to 90 (default: 7)")],
    arguments: [Argument("MEMBER", "whose replica may join")])

  private static let replica = Command(
    "replica", summary: "List replicas, or shut one out.",
    subcommands: [
      Command(
        "list", aliases: ["ls"], summary: "List replicas: last contact, how far behind, what troubles them.",
        examples: ["pioc-hub replica list"]),
      Command(
        "revoke", summary: "Shut a replica out at once, such as that of a lost laptop.",
        discussion: """
          A replica whose file was copied takes a new id, which 'pioc-hub replica list' shows as coming from the first. \
          All that came from the one that is revoked are revoked with it.
          """,
        examples: ["pioc-hub replica revoke bogota-7kq2m"], arguments: [Argument("ID", "the replica's id")]),
    ])

  private static let token = Command(
    "token", summary: "Make, list and take back tokens of other systems, readers and administrators.",
    subcommands: [
      Command(
        "add", summary: "Make a token; it is shown this once.",
        discussion: """
          An integrator is another system of one member, which posts records and reads; a reader only reads; an \
          administrator may do all that pioc-hub does. Replicas need no such token: they join with an invite.
          """,
        examples: [
          "pioc-hub token add integrator 'city CRM' --member bogota", "pioc-hub token add reader 'public map'",
        ],
        options: [Option("--member", value: "NAME", "the member whose system an integrator is")],
        arguments: [
          Argument("ROLE", "integrator, reader or admin"), Argument("LABEL", "whose token it is, for the list"),
        ]),
      Command("list", aliases: ["ls"], summary: "List the tokens.", examples: ["pioc-hub token list"]),
      Command(
        "revoke", summary: "Take a token back at once and for good.", examples: ["pioc-hub token revoke 3f9a01c27be4"],
        arguments: [Argument("ID", "as 'pioc-hub token list' shows it")]),
    ])

  private static let backup = Command(
    "backup", summary: "Copy the hub's file, also while it serves, and verify the copy.",
    discussion: """
      The hub goes on working meanwhile. The copy is one file that needs no other beside it. It holds all records, so \
      keep it as safe as the hub; copying hub.db itself while a hub serves gives a broken file.
      """,
    examples: ["pioc-hub backup /srv/backups/hub-2027-05-04.db"],
    arguments: [Argument("FILE", "a file that is not there yet")])

  private static let restore = Command(
    "restore", summary: "Put a backup in the place of the hub's file; the hub must not be serving.",
    discussion: """
      The backup is verified first, and the present file is kept beside it. Replicas notice at their next sync that the \
      hub's history is another one, and offer again what they wrote since the backup. Tokens that were revoked stay \
      revoked, what was erased stays erased, and no replica has to join again.
      """,
    examples: ["pioc-hub restore /srv/backups/hub-2027-05-04.db"],
    options: [Option("--force", "also where the present file cannot be read, or is another hub's")],
    arguments: [Argument("FILE", "a file that 'pioc-hub backup' made")])

  private static let verify = Command(
    "verify", summary: "Compute all that the hub's file says anew from its log, and compare.",
    examples: ["pioc-hub verify", "pioc-hub verify /srv/backups/hub-2027-05-04.db"],
    arguments: [Argument("FILE", optional: true, "a backup (default: the hub's own file, also while it serves)")])

  private static let compact = Command(
    "compact", summary: "Forget the bytes of old changes that every replica which reads on has read.",
    discussion: """
      Records, conflicts and erasures stay as they are, and so does the log itself: who wrote which change, and when. What \
      goes is the text of values that were replaced since. A replica that has been away, or a new one, gets records as they \
      stand. Nothing that a replica has not sent yet is touched. While the hub serves, its file does not shrink, but grows \
      again only when the room is used up; with the hub stopped the file shrinks.
      """,
    examples: ["pioc-hub compact", "pioc-hub compact --keep-days 365"],
    options: [Option("--keep-days", value: "N", "keep the bytes of the last N days (default: 90)")])

  private static let contract = Command(
    "contract", summary: "Print the hub's OpenAPI document, as GET /v1/openapi.json gives it.",
    discussion: "With --write it goes into a folder, with the JSON Schemas of records, changes, states and problems.",
    examples: ["pioc-hub contract", "pioc-hub contract --write Protocol"],
    options: [Option("--write", value: "DIR", "write openapi.json and schemas/*.json into this folder")])

  private static let status = Command(
    "status", summary: "Show how the hub and its replicas are, at a glance.", examples: ["pioc-hub status"])
}
