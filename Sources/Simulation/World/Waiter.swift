import JSON
import Replica

/// Somebody who waits for news of the hub, on a connection of their own.
struct Waiter {
  /// Who it is; a city with the sync that waits.
  enum Who {
    case city(CityMachine, SyncSession, life: Int)
    case reader(ReaderMachine)
  }

  /// By what the hub's answer is known.
  let ticket: Int
  /// The hub's process that holds the answer back.
  let life: Int
  let who: Who
  let outgoing: Outgoing
  /// The token that it came with.
  let token: Text?
  /// What will become of the answer on its way.
  let luck: Luck
  /// How far it has read.
  let since: Int64
  /// When its time is over.
  let deadline: Int64
  var name: String { outgoing.line.name }
}
