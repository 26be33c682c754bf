public import JSON

/// The three kinds of records, and the one table of their fields.
///
/// Everything else in this target reads that table: what a hub refuses, what people type, the documents that
/// programs exchange. Recurrence, translations and raw foreign lines wait for a later stage.
public enum Kinds {
  /// All kinds, in the order in which they are shown.
  public static let all: [Kind] = [event, contact, publication]

  /// The kind of a name; `nil` for one that only a newer version knows.
  public static func named(_ name: Text) -> Kind? { all.first { $0.name == name } }
}
