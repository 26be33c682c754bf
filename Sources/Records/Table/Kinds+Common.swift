import JSON

/// The fields that all kinds have.
extension Kinds {
  static let areas = Field(
    "areas", "Programme areas", option: "area", .set, .line(TextLimit(80)), searched: true, caseFolded: true,
    maximum: 16,
    help: "a programme area, as in 'Mass Violence and Atrocities'")

  static let topics = Field(
    "topics", "Topics", option: "topic", .set, .line(TextLimit(80)), searched: true, maximum: 64,
    help: "a topic, as in 'smart cities'")

  static let language = Field(
    "language", "Language", .plain, .language, help: "a language tag, as in 'en' or 'pt-BR'")

  static let visibility = Field(
    "visibility", "Visibility", .plain, .word(.closed("network", "public")), presence: .standard("network"),
    help: "'network' (all members) or 'public'; narrower circles are not enforced yet")

  static let sourceIDs = Field(
    "sourceIds", "Foreign ids", option: "source-id", .set, .identifier, personal: true, maximum: 16,
    help: "the id that another system gave it, as in 'ical-uid:4711@example.org'")

  static let source = Field(
    "source", "Source", .composite,
    .parts([
      Part("system", .line(TextLimit(200)), isRequired: true), Part("url", .web), Part("retrieved", .date),
    ]),
    personal: true,
    help: "where it comes from, as in 'stanleycenter.org; url=https://…; retrieved=2026-11-01'")

  static let owner = Field(
    "owner", "Owner", .plain, .line(TextLimit(40)), presence: .made,
    help: "the member that keeps the record, as in 'bogota'")

  /// A set of references to records.
  static func references(_ name: Text, _ label: String, option: String) -> Field {
    Field(
      name, label, option: option, .reference,
      .reference(.open("sibling", "parent", "child", "first", "next")),
      maximum: 100, help: "the record's id, as in '0190a1b2-…' or '0190a1b2-…:parent'")
  }

  /// A short text on one line.
  static func line(_ name: Text, _ label: String, option: String? = nil, _ scalars: Int, help: String)
    -> Field
  {
    Field(name, label, option: option, .plain, .line(TextLimit(scalars)), searched: true, help: help)
  }
}
