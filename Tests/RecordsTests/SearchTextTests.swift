import Foundation
import JSON
import Records
import Sync
import Testing

@Suite("Search and summaries")
struct SearchTextTests {
  @Test(
    "what differs only in case, accents, invisible characters or punctuation is folded alike",
    arguments: [
      ("Smart Cities—Opportunity", "smart cities opportunity"), ("Bogotá", "bogota"),
      ("Bogota\u{301}", "bogota"),
      ("NITERÓI, Peñalolén", "niteroi penalolen"), ("a\u{2060}b\u{200D}c\u{AD}d", "abcd"),
      ("  x \u{A0} y  ", "x y"),
      ("Straße", "strasse"), ("ΟΔΟΣ ὁδός", "οδοσ οδοσ"), ("Łódź Ærø", "lodz aero"),
      ("İstanbul ısı", "istanbul isi"),
      ("Impact\u{2019}s Impact's", "impacts impacts"), ("+Peace 30%", "peace 30"),
      ("أحمد مدرسة", "احمد مدرسه"),
      ("مـــدى", "مدي"), ("٢٠٢٠", "2020"), ("ሰላም", "ሰላም"), ("한국", "한국".decomposed), ("\u{600}5", "5"),
      ("", ""), ("—", ""),
      ("Impact:Peace", "impact peace"), ("Å Å", "a a"),
    ])
  func folding(_ text: String, _ folded: String) {
    #expect(SearchText.fold(text) == folded)
    #expect(SearchText.fold(folded) == folded)
  }

  @Test("however text is taken apart or put together, it is folded alike")
  func forms() {
    let pieces = [
      "e", "\u{301}", "\u{323}", "é", "ệ", " ", "A", "Å", "한", "—", "1", "\u{5B0}", "\u{94D}", "٢", "'", "ł",
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let forms = [
        text.decomposedStringWithCanonicalMapping, text.precomposedStringWithCanonicalMapping,
      ]
      #expect(forms.allSatisfy { SearchText.fold($0) == SearchText.fold(text) }, "\(text.unicodeScalars.map(\.value))")
    }
  }

  @Test("a query is its words, each once")
  func terms() {
    #expect(SearchText.terms("Smart cities-opportunity, SMART!") == ["smart", "cities", "opportunity"])
    #expect(SearchText.terms(" — ").isEmpty)
  }

  @Test(
    "a word is found without the article or preposition that is written together with it",
    arguments: [
      ("المؤتمر", "مؤتمر"), ("والسلام", "سلام"), ("للسلام", "سلام"), ("وبالسلام", "سلام"), ("وسلام", "سلام"),
      ("المُؤْتَمَر", "مؤتمر"), ("የሰላም", "ሰላም"), ("ስለሰላም", "ሰላም"), ("በአዲስ አበባ", "አዲስ"), ("Côte d'Ivoire", "ivoire"),
      ("dell\u{2019}Unità", "unita"), ("aujourd'hui à l'eau", "eau"), ("O'Brien", "brien"),
    ])
  func attached(_ text: String, _ word: String) {
    let words = SearchText.words(of: text)
    #expect(words.contains { $0 == SearchText.fold(word) }, "\(words)")
    // All that was there before is still there, in its order: phrases are looked for in it.
    #expect(words.joined(separator: " ").hasPrefix(SearchText.fold(text) + " "))
    #expect(SearchText.forms(of: String(words[0])).first == String(words[0]))
  }

  @Test(
    "what is too short to be a word is left whole, and so is what only has letters like it",
    arguments: ["الله", "ولد", "በዓ", "don't", "Impact's", "electricity'sake", "paz", "على", "x''abc"])
  func unattached(_ text: String) {
    #expect(SearchText.words(of: text).joined(separator: " ") == SearchText.fold(text))
  }

  @Test("a record is found by its texts, not by links to join, consent or the ids of others")
  func recordText() throws {
    var writer = try Writer()
    let event = try writer.write(
      [
        "title": "Peace in our Cities?", "when": ["year": "2022"], "areas": ["Mass Violence"],
        "points": [["kind": "aim", "text": "Halve violence"]], "place": ["name": "City Hall"],
        "joinLinks": [["uri": "https://zoom.example/SECRET", "label": "SECRET"]],
        "relatedEvents": [.string(Text(someone))],
      ], to: blank("event"))
    let text = SearchText.of(event)
    for word in ["peace in our cities", "mass violence", "halve violence", "city hall"] {
      #expect(text.contains(word))
    }
    #expect(!text.contains("secret") && !text.contains("0190a1b2"))
    let contact = try writer.write(
      [
        "kind": "individual", "name": ["full": "Ana Paz"],
        "consent": ["basis": "consent", "evidence": "SECRET"],
        "affiliations": [["org": .string(Text(someone)), "title": "Mayor"]],
        "emails": [["address": "ana@example.org"]],
      ], to: blank("contact"))
    #expect(SearchText.of(contact) == "ana paz mayor ana example org")
  }

  @Test("a summary has title, subtitle and a date that sorts")
  func summaries() throws {
    var writer = try Writer()
    let times: [(JSON, Text?)] = [
      (["start": "2020-02-04", "end": "2020-02-06"], "2020-02-04"), (["month": "2019-12"], "2019-12"),
      (["start": "2022-06-22T10:00", "zone": "UTC"], "2022-06-22T10:00"), (["tba": true], nil),
      (["year": "2020"], "2020"),
    ]
    for (time, key) in times {
      let state = try writer.write(["title": "T", "when": time, "areas": ["b", "a"]], to: blank("event"))
      let summary = RecordSummary.of(state)
      #expect(summary.title == "T" && summary.kind == "event" && !summary.subtitle.isEmpty)
      #expect(RecordSummary.dateKey(of: state) == key)
    }
    let report = try writer.write(
      [
        "type": "report", "title": "R", "issued": "2019-12~", "authors": [["family": "Paz", "given": "Ana"]],
      ],
      to: blank("publication"))
    #expect(RecordSummary.of(report).subtitle == "Paz, Ana, 2019-12~")
    #expect(RecordSummary.dateKey(of: report) == "2019-12")
    var city: JSONObject = ["kind": "org", "name": ["full": "City of Palmira"]]
    city["affiliations"] = [["org": "Peace in Our Cities", "title": "Member"]]
    let contact = try writer.write(city, to: blank("contact"))
    let summary = RecordSummary.of(contact)
    #expect(summary.title == "City of Palmira" && summary.subtitle == "Member, Peace in Our Cities")
    #expect(RecordSummary.dateKey(of: contact) == nil)
  }
}

extension String {
  /// Letters and marks taken apart, by way of the folding of letters that have no case.
  fileprivate var decomposed: String { SearchText.fold(self) }
}
