import JSON
import Sync

/// A list of records as documents: what an export writes, and what lists print for programs.
struct RecordsFile {
  static let format: Text = "pioc-records/1"

  private let records: [(line: Int, json: JSON?, problem: String?)]
  private let kind: Kind?

  /// Takes a list of records, each by itself.
  init(_ elements: [ListElements.Element], kind: Kind?) {
    records = elements.map { element in
      do throws(JSONError) {
        return (element.line, try JSON.parse(element.bytes, limits: JSONLimits(bytes: 1 << 30)), nil)
      } catch {
        let line = element.line + element.bytes.prefix(error.offset).count { $0 == 0x0A }
        return (element.line, nil, "it is not valid JSON on line \(line): \(error)")
      }
    }
    self.kind = kind
  }

  func items() -> [ImportItem] {
    var seen: Set<RecordID> = []
    return records.enumerated().map { index, record in
      Self.item(
        record.json?.object, kind: record.json?["record"]?.text ?? kind?.name, index: index, line: record.line,
        problem: record.problem, seen: &seen)
    }
  }

  /// One record of a file, with what is wrong with it.
  static func item(
    _ record: JSONObject?, kind: Text?, index: Int, line: Int?, problem: String? = nil, seen: inout Set<RecordID>
  ) -> ImportItem {
    var problem = problem
    var document = record ?? [:]
    var id: RecordID?
    if record == nil { problem = problem ?? "it is not an object" }
    if kind == nil { problem = problem ?? "record: it does not say of which kind it is" }
    if let kind, Kinds.named(kind) == nil { problem = problem ?? "record: there is no such kind" }
    if document["deleted"] == true || document["erased"] == true {
      problem = problem ?? "deleted: it is a deleted record"
    }
    if let json = document["id"], !json.isNull {
      id = json.text.flatMap { RecordID(Text(Letters.lowered($0))) }
      if id == nil {
        problem =
          problem ?? "id: it is no id of a record; the id of another system goes into 'sourceIds', as in crm:4711"
      }
    }
    if let id, !seen.insert(id).inserted { problem = problem ?? "id: another record of the file has the same id" }
    document["id"] = nil
    let source = document["sourceIds"]?.array?.compactMap(\.text).first ?? document["sourceIds"]?.text
    return ImportItem(
      kind: kind ?? "", sourceID: source ?? "", document: document, index: index, problem: problem, line: line, id: id)
  }
}
