import HTTP
import Testing

/// One line of the table of cases: bytes, the statuses they must get, and what becomes of the connection.
struct HTTPCase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var endsInput: Bool
  var statuses: [Int]
  /// Whether the connection ends with the last answer; else the next request on it must be answered.
  var closes: Bool
  var reference: String

  var testDescription: String { name }

  /// The methods of the requests, as far as the table needs them: an answer to HEAD has no body.
  var methods: [String] { bytes.starts(with: "HEAD ".utf8) ? ["HEAD"] : [] }

  static let ping = Array("GET /v1/ping HTTP/1.1\r\nHost: hub.test\r\n\r\n".utf8)

  /// Reads lines of the form `name | bytes | statuses | C or K | reference`.
  ///
  /// In the bytes `⟨a¦b⟩` makes one case of each alternative, `{3 x a}` repeats, `{G}` and the like stand for
  /// what every case needs, `{FIN}` at the end ends the input, and escapes are those of C.
  static func table(_ text: String) -> [HTTPCase] {
    text.split(separator: "\n").flatMap { line -> [HTTPCase] in
      let columns = line.split(separator: "|").map { trimmed($0) }
      precondition(columns.count == 5, "Not a line of the table: \(line)")
      let alternatives = expand(columns[1])
      return alternatives.enumerated().map { index, pattern in
        var text = pattern
        for (macro, replacement) in macros { text = replacing(text, macro, replacement) }
        let endsInput = text.hasSuffix("{FIN}")
        if endsInput { text.removeLast(5) }
        return HTTPCase(
          name: alternatives.count > 1 ? "\(columns[0]).\(index + 1)" : columns[0],
          bytes: unescape(repeated(text)), endsInput: endsInput,
          statuses: columns[2].split(separator: ",").compactMap { Int($0) },
          closes: columns[3] == "C", reference: columns[4])
      }
    }
  }

  private static let macros = [
    ("{T}", #"{P}Transfer-Encoding: chunked\r\n\r\n"#),
    ("{G}", #"GET /v1/ping HTTP/1.1\r\nHost: hub.test\r\n"#),
    ("{P}", #"POST /v1/push HTTP/1.1\r\nHost: hub.test\r\nContent-Type: application/json\r\n"#),
    ("{H}", #" HTTP/1.1\r\nHost: hub.test\r\n\r\n"#),
    ("{E}", #"0\r\n\r\n"#),
  ]

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static func expand(_ text: String) -> [String] {
    guard let open = text.firstIndex(of: "⟨"), let close = text[open...].firstIndex(of: "⟩") else {
      return [text]
    }
    let (before, after) = (String(text[..<open]), String(text[text.index(after: close)...]))
    let choices = text[text.index(after: open)..<close].split(
      separator: "¦", omittingEmptySubsequences: false)
    return choices.flatMap { choice -> [String] in
      expand(before + (choice == "(empty)" ? "" : String(choice)) + after)
    }
  }

  private static func replacing(_ text: String, _ pattern: String, _ replacement: String) -> String {
    text.split(separator: pattern, omittingEmptySubsequences: false).joined(separator: replacement)
  }

  /// Writes out `{3 x a}`, the innermost first.
  private static func repeated(_ text: String) -> String {
    var text = text
    while let open = text.indices.last(where: { count(in: text, at: $0) != nil }),
      let close = text[open...].firstIndex(of: "}"), let number = count(in: text, at: open)
    {
      let body = text[open..<close].drop { $0 != "x" }.dropFirst(2)
      text =
        text[..<open] + String(repeating: String(body), count: number) + text[text.index(after: close)...]
    }
    return text
  }

  private static func count(in text: String, at index: String.Index) -> Int? {
    guard text[index] == "{" else { return nil }
    let digits = text[text.index(after: index)...].prefix { $0.isNumber }
    return text[digits.endIndex...].hasPrefix(" x ") ? Int(digits) : nil
  }

  private static func unescape(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch escaped {
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "x"):
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: bytes.append(escaped)
      }
    }
    return bytes
  }
}
