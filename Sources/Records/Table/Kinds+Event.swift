import JSON

extension Kinds {
  /// Meetings, webinars, conferences: whatever takes place at some time.
  public static let event = Kind(
    name: "event", label: "event", plural: "events", titleField: "title",
    fields: eventBasics + eventTexts + eventLinks + [
      references("relatedEvents", "Related events", option: "related-event"),
      references("relatedPublications", "Related publications", option: "related-publication"),
      language, visibility, owner, sourceIDs, source,
    ])

  private static let eventBasics: [Field] = [
    Field(
      "title", "Title", .plain, .line(TextLimit(300)), presence: .required, searched: true,
      help: "one line, as in 'Cities and Mass Violence Roundtable'"),
    Field(
      "when", "When", .composite, .when, presence: .required,
      help: "as in '2020-02-04', '2020-02-04..2020-02-06', '2022-06-22 10:00..11:30 America/Chicago', "
        + "'2019-12', '2020' or 'tba'"),
    areas, topics,
    Field(
      "kind", "Kind", .plain,
      .word(
        .open("roundtable", "webinar", "conference", "workshop", "retreat", "launch", "forum", "other")),
      searched: true, help: "a word, as in 'webinar'"),
    Field(
      "attendance", "Attendance", .set,
      .word(.open("invitation-only", "registration-required", "open", "closed")), maximum: 16,
      help: "a word, as in 'invitation-only'; there may be several"),
    Field(
      "mode", "Mode", .plain, .word(.closed("in-person", "online", "hybrid")),
      help: "'in-person', 'online' or 'hybrid'"),
    Field(
      "status", "Status", .plain, .word(.closed("confirmed", "tentative", "cancelled", "postponed")),
      help: "'confirmed', 'tentative', 'cancelled' or 'postponed'"),
  ]

  private static let eventTexts: [Field] = [
    Field(
      "summary", "Summary", .plain, .lines(TextLimit(1_000)), personal: true, searched: true,
      help: "a few sentences"),
    Field(
      "description", "Description", .plain, .lines(TextLimit(20_000, bytes: 65_536)), personal: true,
      searched: true, help: "plain text of any number of lines"),
    Field(
      "points", "Points", option: "point", .list,
      .parts([
        Part("kind", .word(.closed("question", "aim", "figure", "context")), isRequired: true),
        Part("text", .lines(TextLimit(1_000)), isRequired: true),
      ]),
      personal: true, searched: true, maximum: 50,
      help: "as in 'question: What can city leaders do?'; also 'aim:', 'figure:' and 'context:'"),
  ]

  private static let eventLinks: [Field] = [
    Field(
      "place", "Place", .composite,
      .parts([
        Part("name", .line(TextLimit(500))), Part("locality", .line(TextLimit(500))),
        Part("region", .line(TextLimit(500))), Part("country", .country), Part("geo", .coordinates),
      ]),
      personal: true, searched: true, help: "as in 'City Hall; locality=Stockholm; country=SE'"),
    Field(
      "joinLinks", "Links to join", option: "join-link", .set,
      .keyed([
        Part("uri", .link), Part("label", .line(TextLimit(200))), Part("features", .line(TextLimit(200))),
      ]),
      personal: true, maximum: 8, help: "secret, as in 'https://example.org/j/123; label=Main room'"),
    Field("url", "Page", .plain, .web, help: "the event's page, as in 'https://example.org/events/12'"),
    Field(
      "registrationUrl", "Registration page", option: "registration-url", .plain, .web,
      help: "where to register, as in 'https://example.org/register'"),
    Field(
      "participants", "Participants", option: "participant", .reference,
      .reference(
        .closed("organizer", "partner", "contact", "speaker", "researcher", "facilitator", "network")),
      personal: true, maximum: 500, help: "a contact's id and role, as in '0190a1b2-…:speaker'"),
  ]
}
