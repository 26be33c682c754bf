import CSV
public import JSON
public import Sync

/// Writes records as a file that ``ImportFile`` reads back; the same records give the same bytes.
public struct ExportFile: Sendable {
  /// How a file is written.
  public enum Form: String, Sendable, CaseIterable {
    /// JSON of the format `pioc-records/1`: a line for each record, its members in the order of their bytes.
    case json
    /// A table, with the names of the fields in the first row.
    case csv
  }

  private let form: Form
  private let isRaw: Bool
  private let columns: [Column]
  private var table: CSVWriter
  private var lines: [UInt8] = []

  /// A column of a table: a field of one or more kinds, or what only other systems know.
  private struct Column {
    let name: Text
    let fields: [Text: Field]
  }

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - form: how it is written.
  ///   - kinds: the kinds of the records.
  ///   - extras: fields that the table of fields does not know, for columns of their own.
  ///   - isRaw: whether a table is for programs alone: no mark at its beginning, no apostrophes against formulas.
  public init(_ form: Form, kinds: [Kind], extras: [Text] = [], isRaw: Bool = false) {
    self.form = form
    self.isRaw = isRaw
    var columns: [Column] = []
    for kind in kinds {
      for field in kind.fields where !columns.contains(where: { $0.name == field.name }) {
        let fields = kinds.compactMap { kind in kind.field(field.name).map { (kind.name, $0) } }
        columns.append(Column(name: field.name, fields: Dictionary(fields) { first, _ in first }))
      }
    }
    self.columns = columns + extras.map { Column(name: $0, fields: [:]) }
    table = CSVWriter(withMark: !isRaw)
    table.write([Array("record".utf8), Array("id".utf8)] + self.columns.map(\.name.bytes))
  }

  /// Adds a record, without some of its fields.
  public mutating func add(_ state: RecordState, without omitted: Set<Text>) {
    switch form {
    case .json:
      let document = JSONObject(RecordDocument.json(state).filter { !omitted.contains($0.key) })
      lines += Array((lines.isEmpty ? "\n" : ",\n").utf8) + JSON.object(document).canonical()
    case .csv:
      let cells = columns.map { column in omitted.contains(column.name) ? [] : cell(column, state) }
      table.write([state.kind.bytes, state.record.text.bytes] + cells)
    }
  }

  /// The whole file.
  public var bytes: [UInt8] {
    switch form {
    case .json: Array("{\"format\":\"\(RecordsFile.format)\",\"records\":[".utf8) + lines + Array("\n]}\n".utf8)
    case .csv: table.bytes
    }
  }

  /// Fields of a record that a table has no columns for unless it is told: those that begin with `x-`.
  public static func extras(of state: RecordState) -> [Text] {
    unknown(in: state).filter { $0.bytes.starts(with: Array("x-".utf8)) }
  }

  /// All fields of a record that the table of fields does not know.
  public static func unknown(in state: RecordState) -> [Text] {
    RecordDocument.unknownFields(of: state, Kinds.named(state.kind))
  }

  private func cell(_ column: Column, _ state: RecordState) -> [UInt8] {
    let cell: [UInt8]
    if let field = column.fields[state.kind] {
      cell = TableCell.text(FieldView(field.name, state).elements(field), field)
    } else {
      let value = column.fields.isEmpty ? RecordDocument.unknown(column.name, state) : nil
      cell = value.map { TableCell.mark + $0.canonical() } ?? []
    }
    return isRaw ? cell : SpreadsheetGuard.guarded(cell)
  }
}
