import Terminal
import Testing

@Suite("Style")
struct StyleTests {
  @Test(
    "colour needs a terminal that wants it",
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false),
      (true, ["NO_COLOR": ""], true),
      (true, ["TERM": "dumb"], false), (true, ["TERM": "xterm"], true),
      (false, ["CLICOLOR_FORCE": "1"], true),
      (true, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true), (false, ["CLICOLOR_FORCE": "0"], false),
      (false, ["CLICOLOR_FORCE": ""], false), (true, ["CLICOLOR_FORCE": "0", "NO_COLOR": "1"], false),
    ] as [(Bool, [String: String], Bool)])
  func decides(_ isTerminal: Bool, _ environment: [String: String], _ colour: Bool) {
    let style = Style(isTerminal: isTerminal, environment: environment)
    #expect(style.colour == colour)
    #expect(style.isTerminal == isTerminal)
  }

  @Test("styles nest, and plain adds nothing")
  func nesting() {
    let style = Style(isTerminal: true, colour: true)
    #expect(style.bold(style.red("x") + "y") == "\u{1B}[1m\u{1B}[31mx\u{1B}[39my\u{1B}[22m")
    #expect(style.green("") == "")
    let plain = Style.plain
    let all = [plain.bold, plain.dim, plain.red, plain.green, plain.yellow, plain.cyan].map { $0("x") }
    #expect(all.allSatisfy { $0 == "x" })
  }
}
