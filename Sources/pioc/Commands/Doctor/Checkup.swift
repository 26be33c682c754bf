import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// What can be looked over without a hub.
struct Checkup {
  private let replica: LocalReplica
  private let context: Context
  private let titles: Titles
  /// For how long changes may wait to be sent before it is worth a word, in milliseconds.
  private static let patience: Int64 = 14 * 86_400_000
  /// The room on the disk below which it is worth a word, in bytes: some pages from the hub and a journal of them.
  private static let leastSpace: UInt64 = 64 * 1024 * 1024

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
    titles = Titles(replica)
  }

  func findings() throws -> [Finding] {
    let unreadable = tried("states", states)
    let findings = [
      try settings(), try file(), space(), unreadable, tried("pending", pending), tried("conflicts", conflicts),
      tried("rejected", rejected), tried("identity", identity),
    ]
    // Names of records are read from their states.
    guard unreadable.state == .good else { return findings }
    return findings + [tried("references", references), tried("texts", texts)]
  }

  /// What a damaged file cannot answer keeps nothing else from being told.
  private func tried(_ code: String, _ look: () throws -> Finding) -> Finding {
    do { return try look() } catch {
      let failure = Failure(explaining: error)
      return .attention(code, "This cannot be looked at (\(code)): \(failure.message)", failure.advice)
    }
  }

  private func settings() throws -> Finding {
    let settings = try replica.fileSettings()
    let words = settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    if let exposure = context.folder.exposure() {
      return .attention("permissions", "Others can read this replica: \(exposure).", "Do that, and look again.")
    }
    if replica.isReadOnly {
      return .note(
        "settings", "This replica can only be read: nothing may be written to \(context.folder.database).",
        "Reading works. If you should write here, get the right to write to the file and its folder.")
    }
    // The journal of each change is a file beside this one, and stays there, empty.
    let journal = context.folder.database + "-journal"
    if access(access(journal, F_OK) == 0 ? journal : context.folder.path, W_OK) != 0 {
      return .attention(
        "permissions", "Nothing can be written here: pioc may not make or change files in \(context.folder.path).",
        "Reading works. Run 'chmod u+w' on that folder and the files in it, or ask its owner.")
    }
    let wanted = ["journal": "truncate", "synchronous": "full", "secure-delete": "on"]
    guard settings.allSatisfy({ wanted[$0.name] == nil || wanted[$0.name] == $0.value }) else {
      return .attention(
        "settings", "The file is not kept as safely as it should be: \(words).", "Please report this.")
    }
    return .good("settings", "Settings, read back: \(words); pioc \(version).")
  }

  private func file() throws -> Finding {
    let faults: [String]
    // A file that is damaged enough cannot even be asked.
    do { faults = try replica.fileFaults() + tornEnd() } catch { faults = ["\(error)"] }
    if faults.isEmpty { return .good("integrity", "The file is whole.") }
    return .attention(
      "integrity", "The file is damaged.",
      "Copy the file away as it is. A new replica ('pioc join URL --member NAME --dir OTHER') gets what was synced; "
        + "what was not can only be had from this file.",
      items: faults)
  }

  /// What SQLite does not look for: it reads the missing rest of the last page as zeros.
  private func tornEnd() throws -> [String] {
    let pageSize = try replica.pageSize()
    var file = stat()
    guard pageSize > 0, stat(context.folder.database, &file) == 0, Int64(file.st_size) % pageSize != 0 else {
      return []
    }
    return ["the file ends within a page: its end was cut off"]
  }

  /// Whether the disk has room for what comes: SQLite needs some for each change, also for one that only deletes.
  private func space() -> Finding {
    if replica.isReadOnly { return .good("space", "No room is needed on the disk: nothing is written.") }
    var disk = statvfs()
    guard statvfs(context.folder.path, &disk) == 0 else {
      return .note("space", "It cannot be told how much room is left on the disk.")
    }
    let free = UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize))
    let bytes = free.overflow ? UInt64.max : free.partialValue
    let left = ByteCountFormatter.string(fromByteCount: Int64(clamping: bytes), countStyle: .memory)
    guard bytes < Self.leastSpace else { return .good("space", "\(left) are free on the disk.") }
    return .attention(
      "space", "Only \(left) are left on the disk of \(context.folder.path).",
      "Free some: without room nothing can be written, nor taken from the hub. What is here is safe.")
  }

  private func states() throws -> Finding {
    let unreadable = try replica.unreadableRecords()
    guard !unreadable.isEmpty else {
      return .good("states", "Every record can be read (\(try replica.count(kind: nil)) live).")
    }
    let lost = unreadable.filter { $0.remedy == .none }
    let advice =
      lost.isEmpty
      ? "'pioc verify' mends them, with the hub's help; nothing that waits to be sent is lost."
      : "'pioc verify' mends those of which nothing waits to be sent, with the hub's help. Keep a copy of the file first."
    return .attention(
      "states", "\(Phrase.count(unreadable.count, "record")) cannot be read, or not as stored.", advice,
      items: unreadable.map { "\($0.id)\($0.remedy == .none ? " (with changes that were not sent)" : "")" },
      records: unreadable.map(\.id))
  }

  private func pending() throws -> Finding {
    let count = try replica.pendingCount()
    guard count > 0 else { return .good("pending", "Nothing waits to be sent.") }
    let age = try replica.pendingSince().map { context.now() - $0 }
    let since = age.map { ", the oldest written \(RelativeTime.describe(millisecondsAgo: $0))" } ?? ""
    let detail = "\(Phrase.count(count, "change")) \(count == 1 ? "waits" : "wait") to be sent\(since)."
    guard try replica.settings.url != nil else {
      return .note("pending", detail, "'pioc join URL' meets the others; until then all stays here.")
    }
    return (age ?? 0) > Self.patience
      ? .attention("pending", detail, "Run 'pioc sync' when there is a connection: until then nobody else has them.")
      : .note("pending", detail, "'pioc sync' sends \(count == 1 ? "it" : "them").")
  }

  private func conflicts() throws -> Finding {
    let records = try replica.inConflict().map(\.id)
    guard !records.isEmpty else { return .good("conflicts", "No conflicts.") }
    return .attention(
      "conflicts", "\(Phrase.count(records.count, "record")) in conflict.", "'pioc resolve' goes through them.",
      items: try records.map(titles.name), records: records)
  }

  private func rejected() throws -> Finding {
    let rejected = try replica.rejected()
    guard !rejected.isEmpty else { return .good("rejected", "No change was refused.") }
    return .attention(
      "rejected", "\(Phrase.count(rejected.count, "change")) of yours were refused by the hub.",
      "'pioc rejected' shows why; 'pioc rejected edit N' mends one.",
      items: try rejected.map { "\($0.pos)  \(try RejectedWords.name($0.change, titles))" },
      records: rejected.map(\.change.record))
  }

  private func identity() throws -> Finding {
    let formers = try replica.formerIDs()
    let id = try replica.settings.replica
    if try replica.settings.isRebasing {
      return .note(
        "identity", "This replica (\(id)) is taking all records anew.",
        "'pioc sync' goes on with it; until then the old ones stay.")
    }
    guard !formers.isEmpty else { return .good("identity", "This replica is \(id), and always was.") }
    return .note(
      "identity", "This replica is \(id), and was \(Phrase.list(formers.map(\.description))) before.",
      "Copies of its file wrote under one name. Use only one of them, or let each join by itself.")
  }

  private func references() throws -> Finding {
    let dangling = try replica.danglingReferences()
    guard !dangling.isEmpty else { return .good("references", "Every reference leads to a record.") }
    let items = try dangling.map { source, field, target in
      let label = try replica.record(source).flatMap { Kinds.named($0.state.kind)?.field(field)?.label } ?? field.string
      return "\(try titles.name(source)), \(label.lowercased()): \(try titles.name(target))"
    }
    return .attention(
      "references",
      "\(Phrase.count(dangling.count, "reference")) \(dangling.count == 1 ? "leads" : "lead") to no record.",
      "The records were deleted, erased, or never came. Restore them, or take the references out: "
        + "'pioc event set ID --remove FIELD=TARGET'.",
      items: items, records: dangling.map(\.source))
  }

  private func texts() throws -> Finding {
    let found = try replica.decomposedTexts()
    guard !found.isEmpty else { return .good("texts", "All text is in one spelling (NFC).") }
    let items = try found.map { record, field in "\(try titles.name(record)): \(field)" }
    return .attention(
      "texts",
      "\(Phrase.count(found.count, "field")) hold letters in a spelling that looks the same and is not (not NFC).",
      "Another program wrote them; they may count as other words. Write them again with 'set'.", items: items,
      records: found.map(\.record))
  }
}
