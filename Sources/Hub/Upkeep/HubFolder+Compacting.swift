public import JSON
import SQLite
public import Store

extension HubFolder {
  /// Forgets all that may be forgotten in the file of a hub that does not serve, and makes the file smaller.
  ///
  /// - Parameters:
  ///   - store: the file.
  ///   - days: how many days' changes keep their bytes.
  /// - Returns: how many changes lost their bytes, and the last step's answer as `POST /v1/compact` gives it.
  public static func compact(_ store: Store, days: Int64) throws -> (pruned: Int64, last: JSON) {
    let service = try HubService(
      store: store, version: "", clock: { HubProcess.now() }, random: { HubProcess.random($0) })
    var pruned: Int64 = 0
    while true {
      let answer = try service.log.transaction { try service.compaction(days: days) }
      pruned += answer["pruned"]?.integer ?? 0
      guard answer["more"] == true else {
        // Without journal mode changes a WAL database shrinks at the next checkpoint, which closing makes.
        try store.connection.execute("VACUUM")
        return (pruned, .object(answer))
      }
    }
  }
}
