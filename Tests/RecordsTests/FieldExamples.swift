import JSON
import Testing

/// A text as it is typed, the key and value that it stands for, and how it is read back if not as it was
/// typed.
struct FieldExample: Sendable, CustomTestStringConvertible {
  let kind: Text
  let field: Text
  let text: String
  let key: Text?
  let value: JSON
  let shown: String

  init(_ kind: Text, _ field: Text, _ text: String, key: Text? = nil, _ value: JSON, shown: String? = nil) {
    self.kind = kind
    self.field = field
    self.text = text
    self.key = key
    self.value = value
    self.shown = shown ?? text
  }

  var testDescription: String { "\(kind) \(field): \(text)" }
}

let someone = "0190a1b2-c3d4-7abc-8def-000000000042"

/// Every field of the table, at least once; a test makes sure of it.
let fieldExamples: [FieldExample] =
  commonExamples("event") + commonExamples("contact") + commonExamples("publication") + eventExamples
  + contactExamples + publicationExamples

private func commonExamples(_ kind: Text) -> [FieldExample] {
  [
    FieldExample(kind, "areas", "Mass Violence and Atrocities", key: "Mass Violence and Atrocities", true),
    FieldExample(kind, "topics", " peace building\n", key: "peace building", true, shown: "peace building"),
    FieldExample(kind, "language", "pt_BR", "pt-BR", shown: "pt-BR"),
    FieldExample(kind, "visibility", "Public", "public", shown: "public"),
    FieldExample(kind, "owner", "stanley-center", "stanley-center"),
    FieldExample(kind, "sourceIds", "ical-uid:4711@Example", key: "ical-uid:4711@Example", true),
    FieldExample(
      kind, "source", "feed; url=https://example.org/a;b; retrieved=2026-11",
      ["system": "feed", "url": "https://example.org/a;b", "retrieved": "2026-11"],
      shown: #"feed; url=https://example.org/a\;b; retrieved=2026-11"#),
  ]
}

private let eventExamples: [FieldExample] = [
  FieldExample("event", "title", "Smart Cities—Opportunity or Risk?", "Smart Cities—Opportunity or Risk?"),
  FieldExample("event", "title", "Bogota\u{301}", "Bogot\u{E1}", shown: "Bogot\u{E1}"),
  FieldExample("event", "when", "2020-02-04", ["start": "2020-02-04"]),
  FieldExample("event", "when", "2020-02-04..2020-02-06", ["start": "2020-02-04", "end": "2020-02-06"]),
  FieldExample(
    "event", "when", "2022-06-22 10:00 America/Chicago",
    ["start": "2022-06-22T10:00", "zone": "America/Chicago"]),
  FieldExample(
    "event", "when", "2022-06-22T10:00..11:30 America/Argentina/Cordoba",
    ["start": "2022-06-22T10:00", "end": "2022-06-22T11:30", "zone": "America/Argentina/Cordoba"],
    shown: "2022-06-22 10:00..11:30 America/Argentina/Cordoba"),
  FieldExample(
    "event", "when", "2022-12-31 22:30..2023-01-01 01:00 UTC",
    ["start": "2022-12-31T22:30", "end": "2023-01-01T01:00", "zone": "UTC"]),
  FieldExample(
    "event", "when", "2024-02-28 23:00 Africa/Lagos +90m",
    ["start": "2024-02-28T23:00", "end": "2024-02-29T00:30", "zone": "Africa/Lagos"],
    shown: "2024-02-28 23:00..2024-02-29 00:30 Africa/Lagos"),
  FieldExample("event", "when", "2019-12", ["month": "2019-12"]),
  FieldExample("event", "when", "2020", ["year": "2020"]),
  FieldExample("event", "when", "TBA", ["tba": true], shown: "tba"),
  FieldExample("event", "kind", "Webinar", "webinar", shown: "webinar"),
  FieldExample("event", "kind", "Peace walk", "Peace walk"),
  FieldExample(
    "event", "attendance", "Invitation only", key: "invitation-only", true, shown: "invitation-only"),
  FieldExample("event", "mode", "In person", "in-person", shown: "in-person"),
  FieldExample("event", "status", "cancelled", "cancelled"),
  FieldExample("event", "summary", "One.\r\nTwo.", "One.\nTwo.", shown: "One.\nTwo."),
  FieldExample("event", "description", "ሰላም በከተሞቻችን", "ሰላም በከተሞቻችን"),
  FieldExample(
    "event", "points", "Question: what: now?", ["kind": "question", "text": "what: now?"],
    shown: "question: what: now?"),
  FieldExample(
    "event", "place", "City Hall; locality=Stockholm; country=se; geo=59.33,-18.07",
    ["name": "City Hall", "locality": "Stockholm", "country": "SE", "geo": "59.33,-18.07"],
    shown: "City Hall; locality=Stockholm; country=SE; geo=59.33,-18.07"),
  FieldExample("event", "place", "country=SE", ["country": "SE"]),
  FieldExample(
    "event", "joinLinks", "https://example.org/j/1?x=2; label=Main room", key: "https://example.org/j/1?x=2",
    ["label": "Main room"]),
  FieldExample("event", "joinLinks", "tel:+15550100", key: "tel:+15550100", [:]),
  FieldExample("event", "url", "https://example.org/\u{2060}x", "https://example.org/\u{2060}x"),
  FieldExample("event", "registrationUrl", "HTTP://example.org", "HTTP://example.org"),
  FieldExample("event", "participants", "\(someone):speaker", key: Text("\(someone)/speaker"), true),
  FieldExample("event", "participants", someone.uppercased(), key: Text(someone), true, shown: someone),
  FieldExample("event", "relatedEvents", someone, key: Text(someone), true),
  FieldExample(
    "event", "relatedEvents", "\(someone)/parent", key: Text("\(someone)/parent"), true,
    shown: "\(someone):parent"),
  FieldExample("event", "relatedPublications", someone, key: Text(someone), true),
]

private let contactExamples: [FieldExample] = [
  FieldExample("contact", "kind", "org", "org"),
  FieldExample("contact", "name", "Kelsey Paul Shantz", ["full": "Kelsey Paul Shantz"]),
  FieldExample(
    "contact", "name", "Ana Paz; family=Paz; given=Ana; sortAs=Paz",
    ["full": "Ana Paz", "family": "Paz", "given": "Ana", "sortAs": "Paz"],
    shown: "Ana Paz; given=Ana; family=Paz; sortAs=Paz"),
  FieldExample("contact", "name", "full=family=1", ["full": "family=1"]),
  FieldExample("contact", "aliases", "Impact:Peace", key: "Impact:Peace", true),
  FieldExample(
    "contact", "affiliations", "City of Palmira; title=Mayor; unit=Office; area=Peace",
    key: #"{"area":"Peace","org":"City of Palmira","title":"Mayor","unit":"Office"}"#, true,
    shown: "City of Palmira; unit=Office; title=Mayor; area=Peace"),
  FieldExample("contact", "affiliations", someone, key: Text(#"{"org":"\#(someone)"}"#), true),
  FieldExample("contact", "affiliations", #"A\;B \\ C"#, key: #"{"org":"A;B \\ C"}"#, true),
  FieldExample("contact", "emails", "Ana@Example.org", key: "Ana@Example.org", [:]),
  FieldExample("contact", "emails", "አና@example.org work", key: "አና@example.org", ["type": "work"]),
  FieldExample("contact", "emails", "a@b.c; type=home; pref=1", key: "a@b.c", ["type": "home", "pref": 1]),
  FieldExample("contact", "phones", "+254 700 123456 mobile", key: "+254 700 123456", ["type": "mobile"]),
  FieldExample("contact", "phones", "number=0800 PEACE", key: "0800 PEACE", [:]),
  FieldExample(
    "contact", "phones", "+1 555 0100; type=work; features=voice,text", key: "+1 555 0100",
    ["type": "work", "features": "voice,text"]),
  FieldExample("contact", "online", "@ana.42; service=Signal", key: "@ana.42", ["service": "Signal"]),
  FieldExample("contact", "online", "https://example.social/@ana", key: "https://example.social/@ana", [:]),
  FieldExample("contact", "address", "Bogotá; country=CO", ["locality": "Bogotá", "country": "CO"]),
  FieldExample("contact", "languages", "zh-Hant-TW", key: "zh-Hant-TW", true),
  FieldExample("contact", "roles", "focal point", key: "focal point", true),
  FieldExample("contact", "url", "https://example.org", "https://example.org"),
  FieldExample("contact", "note", "Call after noon.", "Call after noon."),
  FieldExample(
    "contact", "consent", "public-role; scope=network; evidence=page of the event; reviewBy=2027-01-01",
    ["basis": "public-role", "scope": "network", "evidence": "page of the event", "reviewBy": "2027-01-01"],
    shown: "public-role; scope=network; evidence=page of the event; reviewBy=2027-01-01"),
]

private let publicationExamples: [FieldExample] =
  [
    FieldExample("publication", "type", "article-journal", "article-journal"),
    FieldExample("publication", "title", "Peace in Our Cities", "Peace in Our Cities"),
    FieldExample(
      "publication", "authors", "Sutherland, Jai-Ayla", [["family": "Sutherland", "given": "Jai-Ayla"]]),
    FieldExample(
      "publication", "authors", "Paz, Ana (editor); City of Palmira",
      [["family": "Paz", "given": "Ana", "role": "editor"], ["literal": "City of Palmira"]]),
    FieldExample(
      "publication", "authors", #"literal=Bartlett, UCL; family=A\|B|particle=de|ref=\#(someone)"#,
      [["literal": "Bartlett, UCL"], ["family": "A|B", "particle": "de", "ref": .string(Text(someone))]]),
    FieldExample("publication", "authors", #"literal=Peace\; Inc."#, [["literal": "Peace; Inc."]]),
    FieldExample("publication", "issued", "2019-12", "2019-12"),
    FieldExample("publication", "accessed", "2026-11-21", "2026-11-21"),
    FieldExample(
      "publication", "ids", "https://doi.org/10.1000/ABC", key: "doi:10.1000/abc", true,
      shown: "doi:10.1000/abc"),
    FieldExample("publication", "ids", "isbn:9780306406157", key: "isbn:9780306406157", true),
    FieldExample("publication", "urls", "https://example.org/r.pdf", key: "https://example.org/r.pdf", true),
    FieldExample("publication", "abstract", "Line\n\nLine", "Line\n\nLine"),
    FieldExample("publication", "relatedEvents", someone, key: Text(someone), true),
  ]
  + [
    "genre", "shortTitle", "publisher", "publisherPlace", "container", "series", "volume", "issue", "pages",
    "number",
    "edition", "rights", "accessRights", "citeKey",
  ].map { FieldExample("publication", $0, "Ünique (1)", "Ünique (1)") }
