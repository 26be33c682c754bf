import Terminal
import Testing

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "text is as wide as terminals draw it",
    arguments: [
      ("", 0), ("abc", 3), ("会议室 3", 8), ("ገበያ ቀን", 6), ("مواعيد العيادة", 14), ("👩‍👩‍👧‍👦", 2), ("🇪🇹", 2),
      ("e\u{301}", 1), ("é", 1), ("مُدَرِّس", 4), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("カナ", 4),
      ("ｶﾅ", 2), ("Ａ", 2), ("हि", 2), ("a\u{200B}b", 2), ("a\u{2060}b", 2), ("\u{2068}ab\u{2069}", 2),
      ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2), ("👍🏽", 2), ("…", 1), ("\u{301}", 0),
      ("\u{1B}", 0), ("\r\n", 0), ("䷀", 2), ("𠀀", 2), ("ไทย", 3), ("ที่", 1), ("a\u{AD}b", 3),
    ])
  func width(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  static let mixed = [
    "Health fair", "会议室 3", "ገበያ ቀን", "مواعيد العيادة", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "🇪🇹🇪🇹 fair", "e\u{301}e\u{301}e\u{301}", "हिन्दी में",
    "", "a\u{301}\u{302}\u{303}b", "한국어 x",
  ]

  @Test("clipping keeps whole characters and never exceeds the width", arguments: mixed)
  func clip(_ text: String) {
    for columns in -1...DisplayWidth.of(text) + 2 {
      let clipped = DisplayWidth.clip(text, to: columns)
      #expect(DisplayWidth.of(clipped) <= max(0, columns))
      if columns >= DisplayWidth.of(text) {
        #expect(clipped == text)
      } else if columns > 0 {
        #expect(clipped.last == "…")
        let kept = Array(clipped.dropLast())
        #expect(kept == Array(text.prefix(kept.count)))
        // What was dropped could not have stayed: the next character and the dots would not fit.
        let next = Array(text)[kept.count]
        #expect(DisplayWidth.of(String(kept)) + DisplayWidth.of(next) + 1 > columns)
      }
    }
  }

  @Test("padding reaches the width on either side")
  func pad() {
    #expect(DisplayWidth.pad("会议", to: 6) == "会议  ")
    #expect(DisplayWidth.pad("7", to: 3, leading: true) == "  7")
    #expect(DisplayWidth.pad("long", to: 2) == "long")
    #expect(DisplayWidth.pad("", to: -1) == "")
  }
}
