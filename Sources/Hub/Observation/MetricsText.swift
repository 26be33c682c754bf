/// Figures in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/, 0.0.4).
struct MetricsText {
  enum Kind: String {
    case counter, gauge, histogram
  }

  static let contentType = "text/plain; version=0.0.4; charset=utf-8"
  private(set) var bytes: [UInt8] = []
  private var name = ""

  init() {}

  /// Begins a family of samples.
  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    bytes += Array("# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8)
  }

  /// One sample of the family.
  mutating func sample(_ value: Double, _ labels: [(String, String)] = [], suffix: String = "") {
    let list = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    // Whole numbers as such, which all figures but times are.
    let number = value == value.rounded() && value.magnitude < 9e15 ? "\(Int64(value))" : "\(value)"
    bytes += Array("\(name)\(suffix)\(list.isEmpty ? "" : "{\(list)}") \(number)\n".utf8)
  }

  /// A family of one sample without labels.
  mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Int64) {
    family(name, kind, help)
    sample(Double(value))
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
