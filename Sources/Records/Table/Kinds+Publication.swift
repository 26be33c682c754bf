import JSON

extension Kinds {
  /// Reports, articles, books: whatever can be cited.
  public static let publication = Kind(
    name: "publication", label: "publication", plural: "publications", titleField: "title",
    fields: citation + container + [
      Field(
        "abstract", "Abstract", .plain, .lines(TextLimit(20_000, bytes: 65_536)), searched: true,
        help: "plain text of any number of lines"),
      line("rights", "Rights", 300, help: "a licence, as in 'CC-BY-4.0'"),
      line(
        "accessRights", "Access", option: "access-rights", 300, help: "who may read it, as in 'open access'"),
      line("citeKey", "Citation key", option: "cite-key", 100, help: "as in 'sutherland2019'"),
      references("relatedEvents", "Related events", option: "related-event"),
      language, visibility, owner, sourceIDs, source,
    ])

  private static let citation: [Field] = [
    Field(
      "type", "Type", .plain, .word(publicationTypes), presence: .required,
      help: "a CSL type, as in 'report', 'article-journal', 'book', 'chapter', 'webpage' or 'document'"),
    line("genre", "Genre", 80, help: "as in 'Readout and Recommendations'"),
    Field(
      "title", "Title", .plain, .line(TextLimit(500)), presence: .required, searched: true,
      help: "one line, as in 'Making the Case for Peace in Cities'"),
    line("shortTitle", "Short title", option: "short-title", 500, help: "one line"),
    Field(
      "authors", "Authors", option: "author", .composite, .authors, personal: true, searched: true,
      maximum: 100,
      help: "in their order, as in 'Sutherland, Jai-Ayla', 'City of Palmira' or 'Paz, Ana (editor)'"),
    Field("issued", "Issued", .plain, .date, help: "as in '2019-12', '2020', '2020-01-15' or '2020?'"),
    Field("accessed", "Accessed", .plain, .date, help: "as in '2026-11-21'"),
    areas, topics,
  ]

  private static let container: [Field] = [
    line("publisher", "Publisher", 300, help: "one line"),
    line("publisherPlace", "Place of publication", option: "publisher-place", 300, help: "one line"),
    line("container", "Published in", 300, help: "the journal or book it is part of"),
    line("series", "Series", 300, help: "one line"),
    line("volume", "Volume", 300, help: "as in '12'"),
    line("issue", "Issue", 300, help: "as in '3'"),
    line("pages", "Pages", 300, help: "as in '17-34'"),
    line("number", "Number", 300, help: "a report's number, as in 'WP-7'"),
    line("edition", "Edition", 300, help: "as in '2nd'"),
    Field(
      "ids", "Identifiers", option: "identifier", .set, .identifier, searched: true, maximum: 16,
      help: "as in 'doi:10.1000/182', 'isbn:9780306406157' or 'issn:2049-3630'"),
    Field(
      "urls", "Addresses", option: "url", .set, .web, maximum: 8,
      help: "as in 'https://example.org/report.pdf'"),
  ]

  /// The types of the Citation Style Language 1.0.2.
  private static let publicationTypes = Words(
    known: [
      "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
      "chapter",
      "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia",
      "event",
      "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map",
      "motion_picture",
      "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
      "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book",
      "software",
      "song", "speech", "standard", "thesis", "treaty", "webpage",
    ], isOpen: false)
}
