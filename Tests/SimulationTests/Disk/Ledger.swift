import SQLite
import Simulation

/// A little database of which every loss, half transaction and resurrection shows.
///
/// Transaction number k adds ten rows of the number k, changes rows of earlier numbers, and sets a counter
/// to k.
struct Ledger {
  /// The highest number whose commit returned without an error.
  private(set) var acknowledged = 0
  /// The highest number that was found in the file after a recovery, acknowledged or not.
  private(set) var observed = 0
  /// The highest number whose transaction was begun.
  private(set) var attempted = 0

  /// Why a database is not what was acknowledged.
  enum Failure: Error, Equatable {
    case lost(found: Int, acknowledged: Int)
    case forgotten(found: Int, observed: Int)
    case invented(found: Int, attempted: Int)
    case halfApplied
    case corrupt(String)
  }

  /// Makes the tables unless they are there.
  static func create(_ connection: Connection) throws {
    try connection.transaction {
      try connection.execute(
        """
        CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, number INTEGER, touched INTEGER, note TEXT);
        CREATE INDEX IF NOT EXISTS byNumber ON entry(number);
        CREATE TABLE IF NOT EXISTS counter(number INTEGER);
        INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter);
        """)
    }
  }

  /// Commits the next transaction.
  mutating func commit(_ connection: Connection) throws {
    let next = max(acknowledged, observed) + 1
    let number = Int64(next)
    attempted = max(attempted, next)
    try connection.transaction {
      for index in 0..<10 {
        try connection.run(
          "INSERT INTO entry(number, touched, note) VALUES (?1, ?1, ?2)", .integer(number),
          .text("The note of row \(index) of transaction \(number) is some words long, as notes are."))
      }
      try connection.run(
        "UPDATE entry SET touched = ?1 WHERE number IN (?1 / 2, ?1 - 1, ?1)", .integer(number))
      try connection.run("UPDATE counter SET number = ?1", .integer(number))
    }
    acknowledged = next
  }

  /// Throws a `Failure` unless the file is sound and holds every acknowledged transaction, and at most one
  /// more, whole.
  mutating func check(_ connection: Connection) throws {
    if let problem = try connection.text("PRAGMA integrity_check(1)"), problem != "ok" {
      throw Failure.corrupt(problem)
    }
    let hasTables = try connection.text("SELECT name FROM sqlite_schema WHERE name = 'counter'") != nil
    let found = hasTables ? Int(try connection.integer("SELECT number FROM counter") ?? 0) : 0
    guard found >= acknowledged else { throw Failure.lost(found: found, acknowledged: acknowledged) }
    guard found >= observed else { throw Failure.forgotten(found: found, observed: observed) }
    guard found <= attempted else { throw Failure.invented(found: found, attempted: attempted) }
    if found > 0 { try checkRows(connection, found: Int64(found)) }
    observed = found
  }

  private func checkRows(_ connection: Connection, found: Int64) throws {
    let rows = try connection.integer("SELECT count(*) FROM entry")
    let highest = try connection.integer("SELECT max(number) FROM entry")
    let whole = try connection.integer(
      "SELECT count(*) FROM (SELECT number FROM entry GROUP BY number HAVING count(*) = 10)")
    let touched = try connection.integer("SELECT count(*) FROM entry WHERE touched = ?1", .integer(found))
    let expected = Set([found / 2, found - 1, found]).subtracting([0]).count * 10
    guard rows == found * 10, highest == found, whole == found, touched == Int64(expected) else {
      throw Failure.halfApplied
    }
  }
}
