import JSON

let refusedPuts: [Put] = [
  // The wrong shape: a key too many or too few, another type.
  Put("event", "title", key: "SECRET", "x"), Put("event", "areas", true), Put("event", "areas", ["SECRET"]),
  Put("event", "title", 7), Put("event", "title", ["SECRET": "x"]), Put("event", "when", "2020-02-04"),
  Put("event", "areas", key: "SECRET", "yes"), Put("event", "areas", key: "SECRET", .null),
  Put("event", "participants", someoneSpeaker), Put("event", "points", key: "SECRET point", point("aim")),
  Put("event", "points@position", key: "p", "SECRET0"), Put("event", "points@position", key: "p", 5),
  Put("event", "areas@position", key: "p", "V"), Put("contact", "emails", key: "SECRET@b.c", true),
  Put("contact", "emails", key: "SECRET@b.c", ["address": "x@y.z"]),
  // Required fields cannot be cleared.
  Put("event", "title", .null), Put("event", "when", .null), Put("event", "visibility", .null),
  Put("contact", "kind", .null), Put("contact", "name", .null), Put("publication", "type", .null),
  Put("event", "owner", .null),
  // Text.
  Put("event", "title", ""), Put("event", "title", "   "), Put("event", "title", "SECRET\nline"),
  Put("event", "title", "SECRET\u{202A}"), Put("event", "title", "SECRET\u{2069}"),
  Put("event", "title", "SECRET\u{7F}"), Put("event", "summary", "SECRET\u{1B}[2J"),
  Put("event", "summary", "SECRET\u{202E}"), Put("event", "summary", "a\r\nSECRET"), Put("event", "summary", "a\tb"),
  // Words.
  Put("event", "visibility", "SECRET"), Put("event", "visibility", "city"), Put("event", "visibility", "sealed"),
  Put("event", "mode", "SECRET"), Put("event", "status", "done"), Put("contact", "kind", "SECRET"),
  Put("event", "kind", .string(Text(String(repeating: "SECRET", count: 7)))), Put("publication", "type", "SECRET"),
  // Times.
  Put("event", "when", [:]), Put("event", "when", ["start": "2020-02-30"]), Put("event", "when", ["start": "2100-02-29"]),
  Put("event", "when", ["start": "2020-02-04", "end": "2020-02-03"]),
  Put("event", "when", ["start": "2020-01-01", "end": "2021-01-01"]),
  Put("event", "when", ["start": "2020-02-04", "zone": "UTC"]), Put("event", "when", ["start": "2020-02-04T10:00"]),
  Put("event", "when", ["start": "2020-02-04T10:00", "end": "2020-02-04T10:00", "zone": "UTC"]),
  Put("event", "when", ["start": "2020-02-04T10:00", "end": "2020-02-05", "zone": "UTC"]),
  Put("event", "when", ["start": "2020-02-04T10:00Z", "zone": "UTC"]),
  Put("event", "when", ["start": "2020-02-04T10:00", "zone": "SECRET"]),
  Put("event", "when", ["start": "2020-02-04", "month": "2020-02"]), Put("event", "when", ["tba": false]),
  Put("event", "when", ["month": "2020-2"]), Put("event", "when", ["year": 2020]),
  Put("event", "when", ["year": "2020", "end": "2020-02-02"]), Put("event", "when", ["end": "2020-02-02"]),
  // Addresses.
  Put("event", "url", "ftp://SECRET"), Put("event", "url", "https://"), Put("event", "url", "https://a b"),
  Put("event", "url", "https:///SECRET"), Put("event", "joinLinks", key: "data:SECRET", [:]),
  Put("event", "joinLinks", key: "SECRET", [:]), Put("contact", "emails", key: "SECRET", [:]),
  Put("contact", "emails", key: "@SECRET", [:]), Put("contact", "emails", key: "SEC RET@b.c", [:]),
  Put("contact", "emails", key: "a@b.c", ["pref": 0]), Put("contact", "emails", key: "a@b.c", ["type": true]),
  Put("event", "sourceIds", key: "SECRET", true), Put("event", "sourceIds", key: "x:", true),
  Put("publication", "ids", key: "doi:10.1000/SECRET", true), Put("publication", "ids", key: "doi:https://x", true),
  Put("event", "language", "english language SECRET"), Put("event", "language", "en_US"),
  // References.
  Put("event", "participants", key: "SECRET", true), Put("event", "participants", key: Text("\(someone)/SECRET"), true),
  Put("event", "participants", key: Text("\(someone)/"), true), Put("event", "participants", key: Text("\(someone)/contact"), [:]),
  Put("event", "relatedEvents", key: Text(someone.uppercased()), true),
  // Objects.
  Put("event", "place", [:]), Put("event", "place", ["country": "se"]), Put("event", "place", ["name": ["SECRET"]]),
  Put("event", "place", ["name": "x", "geo": "SECRET"]), Put("contact", "name", ["family": "SECRET"]),
  Put("contact", "consent", ["basis": "SECRET"]), Put("contact", "consent", ["basis": "consent", "scope": "city"]),
  Put("contact", "consent", ["basis": "consent", "givenOn": "SECRET"]),
  Put("contact", "affiliations", key: #"{"org":"SECRET", "title":"x"}"#, true),
  Put("contact", "affiliations", key: #"{"title":"x","org":"SECRET"}"#, true),
  Put("contact", "affiliations", key: #"{"title":"SECRET"}"#, true), Put("contact", "affiliations", key: "[]", true),
  Put("publication", "authors", []), Put("publication", "authors", [[:]]), Put("publication", "authors", ["SECRET"]),
  Put("publication", "authors", [["literal": "SECRET", "family": "x"]]),
  Put("publication", "authors", [["literal": "SECRET", "ref": "x"]]),
  Put("publication", "authors", .array(Array(repeating: ["literal": "SECRET"], count: 101))),
  Put("event", "points", key: "p", ["kind": "SECRET", "text": "x"]), Put("event", "points", key: "p", ["kind": "aim"]),
  Put("event", "place", ["name": "x", "future": .string(Text(String(repeating: "SECRET", count: 4_000)))]),
]

let acceptedPuts: [Put] = [
  Put("event", "title", "Peace—‘Smart’ Cities"), Put("event", "summary", .null), Put("event", "place", .null),
  Put("event", "summary", "Two\nlines, \u{200F}right to left\u{200D}"), Put("event", "kind", "séance de travail"),
  Put("event", "when", ["start": "2020-01-01", "end": "2020-12-31"]),
  Put("event", "when", ["start": "2020-02-29", "end": "2020-02-29"]), Put("event", "when", ["start": "2000-02-29"]),
  Put("event", "when", ["start": "2020-02-04T10:00", "zone": "America/Argentina/Cordoba"]),
  Put("event", "when", ["start": "2020-02-04T23:59", "end": "2020-02-05T00:00", "zone": "Etc/GMT+3"]),
  Put("event", "when", ["start": "2020-02-04", "certainty": "of a newer version"]), Put("event", "when", ["tba": true]),
  Put("event", "place", ["name": "x", "floor": 3]), Put("event", "url", "https://example.org/\u{2060}é"),
  Put("event", "participants", key: Text("\(someone)/speaker"), true), Put("event", "participants", key: Text(someone), true),
  Put("event", "relatedEvents", key: Text("\(someone)/follow-up"), true), Put("event", "points", key: "p", point("figure")),
  Put("event", "points@position", key: "p", "V"), Put("event", "attendance", key: "by lot", true),
  Put("event", "language", "x-peace"), Put("event", "language", "de-CH-1996"), Put("event", "language", "sl-rozaj-biske"),
  Put("event", "language", "zh-cmn-Hans-CN"), Put("event", "language", "en-a-bbb-x-a"),
  Put("contact", "emails", key: "用户@例子.广告", ["type": "work", "note": "of a newer version"]),
  Put("contact", "affiliations", key: #"{"org":"x","since":"of a newer version"}"#, true),
  Put("contact", "consent", ["basis": "consent", "scope": "public", "withdrawnOn": "2026-01-01"]),
  Put("publication", "issued", "2019-12~"), Put("publication", "issued", "2019-12/2020"),
  Put("publication", "issued", "2020-21"), Put("publication", "issued", "2020-01-15?"),
  Put("publication", "authors", [["given": "Ana"], ["literal": "City", "role": "illustrator"]]),
]

private let someoneSpeaker: JSON = [["ref": .string(Text(someone)), "role": "speaker"]]

private func point(_ kind: Text) -> JSON { ["kind": .string(kind), "text": "x"] }
