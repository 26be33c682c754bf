import JSON
import Records

/// Values of a type and near to it, the first of them good.
func examples(of type: ValueType) -> [JSON] {
  func repeated(_ text: String, _ count: Int) -> JSON { .string(Text(String(repeating: text, count: count))) }
  switch type {
  case .line(let limit):
    return ["x", repeated("é", limit.scalars), repeated("é", limit.scalars + 1), "a\nb", " ", "", 7, "a\u{2069}", "a "]
  case .lines(let limit): return ["x", "a\nb", "a\rb", "a\tb", "\n", repeated("e", limit.scalars + 1), .null]
  case .word(let words): return [.string(words.known[0]), "another word", repeated("w", 41), "", true]
  case .web:
    return ["https://example.org", "HTTP://A/?b", "ftp://x", "http://", "http:///x", "https://a b", "https://\u{7F}"]
  case .link:
    return ["https://example.org/j", "mailto:a@b", "a+b.c-d:x", "JavaScript:x", "data:x", "file:x", "x", "1a:b", "a:"]
  case .language:
    return ["en", "pt-BR", "zh-cmn-Hans-CN", "x-a", "de-CH-1996", "e", "en_US", "en-a", "en-", "abcdefghi"]
  case .date:
    return [
      "2020", "2020-13", "2020-02-30", "2020-02-29", "2020-04-31", "0000", "0001", "2019-12/2020", "2020-21?",
      "2020-25",
      "20", "1900-12-31~", "2020/2021/2022", "2020-1",
    ]
  case .country: return ["CO", "co", "COL", "C", ""]
  case .coordinates:
    return [
      "-1.2921,36.8219", "90.0,180", "90.1,0", "0,180.1", "091,0", "089,179.9999999999", "005,005", "1,2,3", "1",
      "1.,2",
      "-0,-0.12345678901", "0090,0", ".5,1", "+1,2", "0,-180.000",
    ]
  case .integer(let range):
    return [
      .int(range.lowerBound), .int(range.upperBound), .int(range.lowerBound - 1), .int(range.upperBound + 1), "1",
    ]
  case .mail: return ["a@b", "用户@例子", "a@b@c", "@b", "a@", "a b@c", repeated("a@b", 85), .null]
  case .identifier:
    return [
      "crm:4711", "doi:10.1/x", "doi:11", "doi:10.A", "Crm:1", "c:", "crm:a b", "1a:b", repeated("a", 33), ":x",
      .string(Text(String(repeating: "a", count: 33) + ":x")), "doin:X",
    ]
  default: return []
  }
}
