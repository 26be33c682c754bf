import Foundation
import HTTP
import Hub
import Sync
import TestKit
import Testing

@Suite("The specification says what the code does")
struct ContractTests {
  private let lines: [String]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Protocol/README.md")
    lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// The cells of the rows of a table whose first cell is code, by that.
  private func rows(_ isWanted: (String) -> Bool) -> [String: [String]] {
    var rows: [String: [String]] = [:]
    for line in lines where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let name = cells[0].trimmingCharacters(in: ["`"])
      if isWanted(name) { rows[name] = Array(cells.dropFirst()) }
    }
    return rows
  }

  @Test("every code stands in the table with its status and advice, and no other")
  func codes() {
    var wanted: [String: [String]] = [:]
    for code in ProblemCode.allCases { wanted[code.rawValue] = ["\(code.status)", code.advice] }
    for fault in HTTPFault.all {
      let row = wanted[fault.code] ?? ["", ""]
      let (status, detail) = ("\(fault.status)", fault.detail)
      wanted[fault.code] = [
        row[0].isEmpty ? status : row[0].contains(status) ? row[0] : "\(row[0]), \(status)",
        row[1].isEmpty ? detail : row[1].contains(detail) ? row[1] : "\(row[1]) \(detail)",
      ]
    }
    let found = rows { _ in true }.filter {
      $0.value.count == 2 && Int($0.value[0].prefix(3)).map { $0 >= 100 } ?? false
    }
    #expect(Set(found.keys) == Set(wanted.keys))
    for (code, row) in wanted { #expect(found[code] == row, "\(code)") }
  }

  @Test("every route stands in the table with who may use it, and no other")
  func routes() {
    let found = rows { $0.hasPrefix("GET /") || $0.hasPrefix("POST /") }
    #expect(Set(found.keys) == Set(HubRoute.allCases.map(\.rawValue)))
    for route in HubRoute.allCases {
      let word =
        switch route.roles {
        case nil: "anyone"
        case [.replica]?: "replica"
        case [.integrator]?: "integrator"
        case [.admin]?: "admin"
        case [.reader, .admin]?: "reader or admin"
        case let roles?: roles == Set(Role.allCases) ? "reader" : "?"
        }
      #expect(found[route.rawValue]?.first == word, "\(route.rawValue)")
    }
  }
}
