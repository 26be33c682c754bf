import HTTP
import JSON
import SQLite
import Store
import Sync

extension HubService {
  /// `GET /metrics`: where the hub and its replicas stand; the process adds what it has counted.
  func metrics() throws -> HTTPResponse {
    var text = MetricsText()
    let connection = store.connection
    text.family("peacesync_hub_info", .gauge, "The hub's id and version.")
    text.sample(1, [("hub", hub.string), ("version", version)])
    text.single("peacesync_log_head", .gauge, "The last seq of the log.", log.head.seq)
    let counts = try counts()
    text.single("peacesync_records", .gauge, "Records that are neither deleted nor erased.", counts.live)
    text.single("peacesync_records_in_conflict", .gauge, "Records that somebody has to look at.", counts.conflicts)
    let bytes = try connection.integer("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
    text.single("peacesync_file_bytes", .gauge, "The size of the hub's file without its write-ahead log.", bytes)
    text.single(
      "peacesync_failed_syncs_total", .counter, "Commits that the disk failed to store since the hub was made.",
      try failedSyncs())
    let replicas = try self.replicas().array ?? []
    for (name, key, help) in Self.replicaGauges {
      text.family(name, .gauge, help)
      for replica in replicas {
        guard let id = replica["replica"]?.text, let value = replica[key]?.integer else { continue }
        // Times are seconds in Prometheus.
        let isTime = name.hasSuffix("_seconds")
        text.sample(isTime ? Double(value) / 1_000 : Double(value), [("replica", id.string)])
      }
    }
    return HTTPResponse(
      status: 200, fields: [("Content-Type", MetricsText.contentType), ("Cache-Control", "no-store")],
      body: text.bytes)
  }

  private static let replicaGauges: [(name: String, key: Text, help: String)] = [
    ("peacesync_replica_behind", "behind", "Entries that a replica has not read yet."),
    ("peacesync_replica_pending", "pending", "Own changes that a replica had not sent when it was last heard of."),
    ("peacesync_replica_rejected", "rejected", "Changes of a replica that were refused and wait for its user."),
    ("peacesync_replica_conflicts", "conflicts", "Records in conflict at a replica."),
    ("peacesync_replica_last_contact_timestamp_seconds", "contact", "When a replica was last heard of."),
    ("peacesync_replica_clock_skew_seconds", "skew", "How far a replica's clock is ahead of the hub's."),
  ]
}
