import Terminal
import Testing

@Suite("Tables")
struct TableTests {
  private let screen = Style(isTerminal: true, colour: false)

  private func events() -> Table {
    var table = Table(columns: [
      .init("When"), .init("Title", minimum: 8, weight: 2), .init("Place", minimum: 5, weight: 1),
      .init("No", alignment: .right),
    ])
    table.add(["2020-02-04", "Health fair in the old market hall", "会议室 3", "7"])
    table.add(["2020-02-05", "مواعيد العيادة", "ገበያ ቀን", "12"])
    table.add(["2020-02-06", "", ""])
    return table
  }

  @Test("a terminal gets aligned columns")
  func aligned() {
    #expect(
      events().render(style: screen, width: 80) == """
        When        Title                               Place     No
        2020-02-04  Health fair in the old market hall  会议室 3   7
        2020-02-05  \u{2068}مواعيد العيادة\u{2069}                      ገበያ ቀን    12
        2020-02-06

        """)
  }

  @Test("a narrow terminal gets the flexible columns clipped by their weights")
  func clipped() {
    #expect(
      events().render(style: screen, width: 40) == """
        When        Title            Place    No
        2020-02-04  Health fair in…  会议室…   7
        2020-02-05  \u{2068}مواعيد العيادة\u{2069}   ገበያ ቀን   12
        2020-02-06

        """)
  }

  @Test("no line is ever wider than the terminal")
  func neverWider() {
    for width in 0...90 {
      let lines = events().render(style: screen, width: width).split(separator: "\n")
      for line in lines where DisplayWidth.of(String(line)) > width {
        Issue.record("width \(width): \(line)")
      }
    }
  }

  @Test("a column of its own size gives way only when the flexible ones are at their least")
  func fixedColumnsGiveWay() {
    var table = Table(columns: [.init("ID"), .init("Title", minimum: 4, weight: 1)])
    table.add([String(repeating: "x", count: 500), "A long title"])
    let clipped = String(repeating: "x", count: 15) + "…  A long title\n"
    #expect(table.render(style: screen, width: 30).hasSuffix("\n" + clipped))
    table = Table(columns: [.init("ID"), .init("Title", minimum: 4, weight: 1)])
    table.add(["0123456789", "A long title"])
    #expect(table.render(style: screen, width: 18).hasSuffix("0123456789  A lon…\n"))
  }

  @Test("a column of little weight keeps its minimum")
  func minimum() {
    var table = Table(columns: [.init("A", minimum: 8, weight: 1), .init("B", minimum: 4, weight: 9)])
    table.add([String(repeating: "a", count: 20), String(repeating: "b", count: 40)])
    let clipped = "aaaaaaa…  " + String(repeating: "b", count: 21) + "…\n"
    #expect(table.render(style: screen, width: 32).hasSuffix("\n" + clipped))
  }

  @Test("a program gets whole cells between tabs, with a heading and without colour")
  func piped() {
    let style = Style(isTerminal: false, colour: true)
    #expect(
      events().render(style: style, width: 20) == """
        When\tTitle\tPlace\tNo
        2020-02-04\tHealth fair in the old market hall\t会议室 3\t7
        2020-02-05\tمواعيد العيادة\tገበያ ቀን\t12
        2020-02-06\t\t\t

        """)
  }

  @Test(
    "a hostile cell cannot break its row",
    arguments: [
      "\u{1B}[2J", "a\nb", "a\r\nb", "a\rb", "a\tb", "\u{202E}evil", "\u{2067}open", "\u{2069}\u{2069}close",
      "\u{9B}2J", "\u{85}", "\u{2028}", "\0", "\u{7F}", "\u{202E}\u{5D0}\u{1B}]0;title\u{7}",
    ])
  func hostile(_ cell: String) {
    var table = Table(columns: [.init("A"), .init(cell), .init("C")])
    table.add(["one", cell, "three"])
    for style in [screen, .plain] {
      let output = table.render(style: style, width: style.isTerminal ? 60 : nil)
      let lines = output.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 3)
      for scalar in lines.joined() where scalar != "\t" || style.isTerminal {
        #expect(![.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory))
        #expect(!(0x202A...0x202E).contains(scalar.value) && scalar != "\u{2067}")
      }
      let scalars = Array(output.unicodeScalars)
      #expect(scalars.count { $0 == "\u{2068}" } == scalars.count { $0 == "\u{2069}" })
      if style.isTerminal { continue }
      for line in lines.prefix(2) { #expect(line.count { $0 == "\t" } == 2) }
    }
  }

  @Test("the heading is bold where colour is wanted, and cells beyond the columns are dropped")
  func headingAndCounts() {
    var table = Table(columns: [.init("A")])
    #expect(table.isEmpty)
    table.add(["1", "2"])
    #expect(table.count == 1)
    let style = Style(isTerminal: true, colour: true)
    #expect(table.render(style: style, width: nil) == "\u{1B}[1mA\u{1B}[22m\n1\n")
    #expect(Table(columns: []).render(style: screen, width: 80) == "\n")
  }

  @Test("huge weights and widths do no harm")
  func extremes() {
    var table = Table(columns: [
      .init("A", minimum: .max, weight: .max), .init("B", minimum: .min, weight: .min),
    ])
    table.add(["1", String(repeating: "b", count: 1000)])
    for width in [Int.max, 1_000_000, 10, 1, 0, -1, -1_000_000] {
      #expect(table.render(style: screen, width: width).split(separator: "\n").count <= 2)
    }
  }
}
