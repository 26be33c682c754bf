public import JSON

/// A kind of records: `event`, `contact` or `publication`.
///
/// A class, since it is looked up for every value that is checked and a copy would count references of all its parts.
public final class Kind: Sendable {
  /// The name in changes and documents.
  public let name: Text
  /// The name for people, in the singular.
  public let label: String
  /// The name for people, in the plural; also the member of an import file.
  public let plural: String
  /// The field that stands for the record in lists.
  public let titleField: Text
  /// The fields, in the order in which they are shown.
  public let fields: [Field]
  private let indices: [Text: Int]

  init(name: Text, label: String, plural: String, titleField: Text, fields: [Field]) {
    self.name = name
    self.label = label
    self.plural = plural
    self.titleField = titleField
    self.fields = fields
    indices = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// The field of a name; `nil` for one that only a newer version knows.
  public func field(_ name: Text) -> Field? { indices[name].map { fields[$0] } }

  /// "an event", "a contact".
  var phrase: String { (label.utf8.first == UInt8(ascii: "e") ? "an " : "a ") + label }
}
