import CSV
import JSON
import Sync

/// A table of records (CSV): a row each, with the names of the fields in the first row.
///
/// Cells are divided by commas, semicolons or tabs, whatever makes most of the first row names of fields. An empty cell
/// says nothing: what a record holds there stays.
struct TableFile {
  /// How it was read, in words.
  let form: String

  private let header: TableHeader
  private let rows: [CSVRow]
  private let kind: Kind?
  private let isRaw: Bool

  private static let separators = [
    (UInt8(ascii: ","), "commas"), (UInt8(ascii: ";"), "semicolons"), (UInt8(ascii: "\t"), "tabs"),
  ]

  init(_ bytes: [UInt8], kind: Kind?, isRaw: Bool) throws(ImportError) {
    var text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    try Self.checkText(text)
    var line = 1
    let named = Self.namedSeparator(&text, &line)
    let readings = Self.separators.filter { named == nil || $0.0 == named }.compactMap { separator, name in
      var reader = CSVReader(text, separator: separator, line: line)
      while let row = reader.next() {
        if !row.isBlank { return (header: TableHeader(row.cells), reader: reader, name: name) }
      }
      return nil
    }
    let kinds = kind.map { [$0] } ?? Kinds.all
    // The first of equals: `max` alone would give the last.
    guard let best = readings.map({ $0.header.known(kinds) }).max(),
      let reading = readings.first(where: { $0.header.known(kinds) == best })
    else { throw ImportError("the file is empty; its first row should name the fields") }
    header = reading.header
    form = "CSV with \(reading.name)"
    self.isRaw = isRaw
    let fitting = header.fitting()
    self.kind = kind ?? (fitting.count == 1 ? fitting[0] : nil)
    try Self.checkColumns(
      header, kinds: header.column("record") == nil ? self.kind.map { [$0] } ?? Kinds.all : Kinds.all)
    guard self.kind != nil || header.column("record") != nil else {
      throw ImportError(
        "the columns do not say of which kind the records are; say it with --kind, or in a column 'record'")
    }
    var (reader, rows) = (reading.reader, [CSVRow]())
    while let row = reader.next() {
      if !row.isBlank { rows.append(row) }
    }
    self.rows = rows
  }

  func items() -> [ImportItem] {
    var seen: Set<RecordID> = []
    return rows.enumerated().map { index, row in item(row, index, &seen) }
  }

  private func item(_ row: CSVRow, _ index: Int, _ seen: inout Set<RecordID>) -> ImportItem {
    let cells = row.cells.map { isRaw ? $0 : SpreadsheetGuard.bare($0) }
    var problem = row.problem
    if cells.count > header.names.count {
      problem = problem ?? "the row has \(cells.count) cells, and the first row only \(header.names.count)"
    }
    func note(_ name: String) -> Text? {
      guard let column = header.column(name), column < cells.count else { return nil }
      let text = TypedText.text(TypedText.trimmed(cells[column][...]))
      return text.isEmpty ? nil : text
    }
    let name = note("record").map { Text(Letters.lowered($0)) } ?? kind?.name
    var document = JSONObject()
    if let id = note("id") { document["id"] = .string(id) }
    if let kind = name.flatMap({ Kinds.named($0) }), problem == nil {
      do {
        for column in cells.indices { try take(cells[column], column, kind, &document) }
      } catch {
        problem = error.message
      }
    }
    return RecordsFile.item(document, kind: name, index: index, line: row.line, problem: problem, seen: &seen)
  }

  private func take(
    _ cell: [UInt8], _ column: Int, _ kind: Kind, _ document: inout JSONObject
  ) throws(FieldError) {
    if header.isNote(column) || TypedText.trimmed(cell[...]).isEmpty { return }
    let name = header.names[column]
    if let field = header.field(column, of: kind) {
      document[field.name] = try TableCell.member(cell, field)
    } else if header.isExtra(column) || cell.starts(with: TableCell.mark) {
      document[Text(name)] =
        cell.starts(with: TableCell.mark) ? try TableCell.json(cell, Text(name)) : .string(TypedText.text(cell))
    } else {
      throw FieldError("\(name): it is no field of \(kind.phrase), so its cell must be empty")
    }
  }

  /// Refuses what is no UTF-8, naming the line, since a wrong encoding would change every accent silently.
  private static func checkText(_ text: ArraySlice<UInt8>) throws(ImportError) {
    if Text(validating: text) != nil { return }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let line = (lines.firstIndex { Text(validating: $0) == nil } ?? 0) + 1
    throw ImportError("the file is not UTF-8 text (line \(line)); save it again as 'CSV UTF-8'")
  }

  /// The separator that a first line `sep=;` names, as some spreadsheets write it.
  private static func namedSeparator(_ text: inout ArraySlice<UInt8>, _ line: inout Int) -> UInt8? {
    guard text.starts(with: Array("sep=".utf8)), let separator = text.dropFirst(4).first,
      separators.contains(where: { $0.0 == separator })
    else { return nil }
    let rest = text.dropFirst(5).drop { $0 == 0x0D }
    guard rest.first == 0x0A else { return nil }
    text = rest.dropFirst()
    line = 2
    return separator
  }

  private static func checkColumns(_ header: TableHeader, kinds: [Kind]) throws(ImportError) {
    // A row with one cell that is no field is the title of the whole table, whatever its cells are divided by.
    let title = header.names.filter { !$0.isEmpty }.joined().prefix { !";,\t".contains($0) }
    if header.known(kinds) == 0, header.names.count(where: { !$0.isEmpty }) == 1, !title.isEmpty {
      throw ImportError(
        "the first row names no field ('\(title)'); it should be the row with the names: delete what stands above it")
    }
    var seen: Set<Text> = []
    for (column, name) in header.names.enumerated() where !name.isEmpty {
      let fields = kinds.compactMap { header.field(column, of: $0) }
      guard header.isNote(column) || header.isExtra(column) || !fields.isEmpty else {
        let what = kinds.count == 1 ? kinds[0].phrase : "a record"
        let words = kinds.count == 1 ? " (\(kinds[0].fields.map(\.option).joined(separator: ", ")))" : ""
        throw ImportError(
          "the column '\(name)' is no field of \(what); rename it to one\(words), or put '@' before its name to leave it out"
        )
      }
      if name.hasPrefix(TableHeader.remark) { continue }
      guard seen.insert(fields.first?.name ?? Text(name)).inserted else {
        throw ImportError("two columns hold the same field, '\(name)'")
      }
    }
  }
}

extension CSVRow {
  /// Whether nothing is in any of its cells.
  fileprivate var isBlank: Bool { cells.allSatisfy { TypedText.trimmed($0[...]).isEmpty } }
}
