import JSON

extension Kinds {
  /// People, organisations and groups.
  public static let contact = Kind(
    name: "contact", label: "contact", plural: "contacts", titleField: "name",
    fields: identity + channels + [
      Field(
        "languages", "Languages", option: "speaks", .set, .language, maximum: 16,
        help: "a language to write in, as in 'es'; there may be several"),
      Field(
        "roles", "Roles", option: "role", .set, .line(TextLimit(80)), personal: true, searched: true,
        maximum: 16,
        help: "as in 'focal point' or 'media'"),
      areas, topics,
      Field("url", "Page", .plain, .web, help: "a web page, as in 'https://example.org'"),
      Field(
        "note", "Note", .plain, .lines(TextLimit(2_000)), personal: true, searched: true,
        help: "plain text; everybody who sees the contact sees it"),
      consent, language, visibility, owner, sourceIDs, source,
    ])

  private static let identity: [Field] = [
    Field(
      "kind", "Kind", .plain, .word(.closed("individual", "org", "group")), presence: .required,
      help: "'individual', 'org' or 'group'"),
    Field(
      "name", "Name", .composite,
      .parts(
        [Part("full", .line(TextLimit(200)), isRequired: true)]
          + ["given", "family", "additional", "prefix", "suffix", "sortAs"].map {
            Part($0, .line(TextLimit(200)))
          }),
      presence: .required, personal: true, searched: true,
      help: "the full name as it is written, as in 'Kelsey Paul Shantz'; it is never split"),
    Field(
      "aliases", "Other names", option: "alias", .set, .line(TextLimit(200)), personal: true, searched: true,
      maximum: 16, help: "a former or other name, as in 'Impact:Peace'"),
    Field(
      "affiliations", "Affiliations", option: "affiliation", .set,
      .parts([
        Part("org", .line(TextLimit(300)), isRequired: true), Part("unit", .line(TextLimit(300))),
        Part("title", .line(TextLimit(300))), Part("area", .line(TextLimit(80))), Part("from", .date),
        Part("to", .date),
      ]),
      personal: true, searched: true, maximum: 16,
      help: "an organisation's id or name, as in 'City of Palmira; title=Mayor; unit=Office; area=Peace'"),
  ]

  private static let contactType = Part("type", .word(.open("work", "home", "mobile", "fax")))

  private static let channels: [Field] = [
    Field(
      "emails", "E-mail addresses", option: "email", .set,
      .keyed([Part("address", .mail), contactType, Part("pref", .integer(1...100))]),
      personal: true, searched: true, maximum: 10, help: "as in 'ana@example.org' or 'ana@example.org work'"),
    Field(
      "phones", "Telephones", option: "phone", .set,
      .keyed([
        Part("number", .line(TextLimit(40))), contactType, Part("features", .line(TextLimit(80))),
        Part("pref", .integer(1...100)),
      ]),
      personal: true, searched: true, maximum: 10, help: "as in '+254 20 2217100' or '+254 700 123456 mobile'"
    ),
    Field(
      "online", "Online services", option: "online", .set,
      .keyed([Part("uri", .line(TextLimit(500))), Part("service", .line(TextLimit(80)))]),
      personal: true, maximum: 10, help: "an address or user name, as in '@ana.42; service=Signal'"),
    Field(
      "address", "Address", .composite,
      .parts([
        Part("locality", .line(TextLimit(200))), Part("region", .line(TextLimit(200))),
        Part("country", .country),
        Part("postcode", .line(TextLimit(40))), Part("street", .line(TextLimit(300))),
      ]),
      personal: true, searched: true, help: "city and country do, as in 'Bogotá; country=CO'"),
  ]

  private static let consent = Field(
    "consent", "Consent", .composite,
    .parts([
      Part("basis", .word(.closed("consent", "public-role", "legitimate-interest")), isRequired: true),
      Part("scope", .word(.closed("network", "public"))), Part("channels", .line(TextLimit(200))),
      Part("givenOn", .date), Part("evidence", .line(TextLimit(500))), Part("reviewBy", .date),
      Part("withdrawnOn", .date),
    ]),
    personal: true,
    help: "why the contact may be kept, as in 'public-role; scope=network; evidence=page of the event'; "
      + "the basis is consent, public-role or legitimate-interest")
}
