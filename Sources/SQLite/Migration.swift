/// One step of a schema: what it is called and what it does.
public struct Migration: Sendable {
  /// What the step is for, in a few words.
  public let name: String
  /// Statements without parameters, run in order; they must neither begin nor end a transaction.
  public let sql: String
  /// What SQL cannot say, run after it in the same transaction.
  public let step: (@Sendable (Connection) throws -> Void)?

  /// Makes a step of SQL, with code after it if need be.
  public init(name: String, sql: String, step: (@Sendable (Connection) throws -> Void)? = nil) {
    self.name = name
    self.sql = sql
    self.step = step
  }
}
