import Crypto
public import JSON
import Store
public import Sync

/// What a replica remembers about itself and its hub, kept in its file.
public struct ReplicaSettings {
  let settings: Settings

  init(_ store: Store) { settings = store.settings }

  /// The replica's id.
  public var replica: ReplicaID {
    get throws {
      guard let id = try settings.text("replica").flatMap({ ReplicaID($0) }) else {
        throw ReplicaError.notAReplica
      }
      return id
    }
  }

  func setReplica(_ id: ReplicaID) throws { try settings.set("replica", text: id.text) }

  /// The hub's address; `nil` before joining.
  public var url: String? { get throws { try settings.text("url")?.string } }

  func setURL(_ url: String?) throws { try settings.set("url", text: url.map { Text($0) }) }

  /// The pinned id of the hub; `nil` before joining.
  public var hub: Text? { get throws { try settings.text("hub") } }

  func setHub(_ hub: Text?) throws { try settings.set("hub", text: hub) }

  /// The token that opens the hub for this replica.
  var token: Text? { get throws { try settings.text("token") } }

  func setToken(_ token: Text?) throws { try settings.set("token", text: token) }

  /// How far the hub's log was read.
  public var cursor: Cursor? { get throws { try settings.text("cursor").flatMap { Cursor($0) } } }

  func setCursor(_ cursor: Cursor?) throws { try settings.set("cursor", text: cursor?.text) }

  /// The furthest point of the hub's log that it told of.
  public var furthest: Cursor? { get throws { try settings.text("furthest").flatMap { Cursor($0) } } }

  func setFurthest(_ cursor: Cursor?) throws { try settings.set("furthest", text: cursor?.text) }

  /// The last own change that the hub acknowledged.
  public var acknowledged: OwnPoint {
    get throws {
      guard let bytes = try settings.bytes("acknowledged") else { return .none }
      guard let point = OwnPoint(try? JSON.parse(bytes)) else {
        throw StoreError("the last acknowledged change is not readable")
      }
      return point
    }
  }

  func setAcknowledged(_ point: OwnPoint) throws { try settings.set("acknowledged", point.json.canonical()) }

  /// The id and token that the hub is to be told of by a replica that found itself forked.
  var next: NextIdentity? { get throws { try identity("next") } }

  func setNext(_ next: NextIdentity?) throws { try set("next", next) }

  /// The id and token of a join whose answer has not come yet.
  var joining: NextIdentity? { get throws { try identity("joining") } }

  func setJoining(_ next: NextIdentity?) throws { try set("joining", next) }

  private func identity(_ key: Text) throws -> NextIdentity? {
    guard let bytes = try settings.bytes(key) else { return nil }
    guard let json = try? JSON.parse(bytes), let id = json["replica"]?.text.flatMap({ ReplicaID($0) }),
      let token = json["token"]?.text
    else { throw StoreError("the setting '\(key)' is not readable") }
    return NextIdentity(replica: id, token: token)
  }

  private func set(_ key: Text, _ next: NextIdentity?) throws {
    try settings.set(
      key, next.map { JSON.object(["replica": .string($0.replica.text), "token": .string($0.token)]).canonical() })
  }

  /// Whether the hub must be asked which own changes it holds, and up to which log row it was asked.
  var heldThrough: Int64? {
    get throws {
      guard let text = try settings.text("held-through") else { return nil }
      guard let pos = Int64(text.string) else { throw StoreError("the place of the last question is not readable") }
      return pos
    }
  }

  func setHeldThrough(_ pos: Int64?) throws { try settings.set("held-through", text: pos.map { Text("\($0)") }) }

  /// Whether the states are being taken from the start, old bases standing in until the new ones come.
  public var isRebasing: Bool { get throws { try settings.bytes("rebasing") != nil } }

  func setRebasing(_ value: Bool) throws { try settings.set("rebasing", value ? [1] : nil) }

  /// When the last sync ended well, in milliseconds.
  public var lastSync: Int64? { get throws { try settings.text("last-sync").flatMap { Int64($0.string) } } }

  func setLastSync(_ time: Int64) throws { try settings.set("last-sync", text: Text("\(time)")) }
}

/// An id and a token that a hub is to be told of.
struct NextIdentity: Hashable, Sendable {
  let replica: ReplicaID
  let token: Text

  /// What the hub is told: never the token itself.
  var tokenHash: Text { Text(SHA256.hash(token.bytes).hex) }
}
