import HTTP
import JSON
import Sync

extension HubService {
  /// Where copies of the hub's file go; `nil` (at first) for a hub that makes none.
  ///
  /// It is asked for the path of a file that is not there yet.
  public func makeBackups(at newPath: @escaping () throws -> String) { backups.newPath = newPath }

  /// `POST /v1/backup`: begins a copy of the file, and answers when it is complete.
  func backup(_ request: HubRequest) throws -> HTTPResponse? {
    if !request.hasWaited {
      guard request.wait > 0 else { throw HubRefusal(.busy, "the hub is stopping") }
      try backups.begin(store)
    }
    if let made = try backups.result() { return HubAnswer.json(.object(made), status: 201) }
    guard request.wait > 0 else { throw HubRefusal(.busy, "the copy is not complete yet") }
    return nil
  }

  /// Whether a copy of the file is being made: ``continueBackup()`` is to be called between transactions.
  public var isBackingUp: Bool { backups.isRunning }

  /// Copies some more of the file; those who wait for the copy are to be asked again when none is being made any more.
  public func continueBackup() { backups.step(store) }
}
