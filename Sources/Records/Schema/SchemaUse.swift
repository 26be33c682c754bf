/// What a schema of a value is for.
package enum SchemaUse: Sendable {
  /// What stands in changes, states and documents that are read: members that only a newer version knows may be there.
  case stored
  /// What a program writes in a document: `null` stands for nothing, and a name that is not known is a mistake.
  case written
}
