import JSON
import Records
import Sync

/// One file to import: what is taken of it is what a hub takes, and a file that is written of it brings nothing new.
///
/// The first byte says the kind of what does not say it, and whether cells are guarded; all else is the file.
struct ImportTrial {
  private(set) var complaints: [String] = []
  private var desk = Desk()
  private let isRaw: Bool

  init(_ input: [UInt8]) {
    let choice = Int(input.first ?? 0)
    isRaw = choice & 4 != 0
    let kind = choice % 4 == 0 ? nil : Kinds.all[choice % 4 - 1]
    guard let file = try? ImportFile(Array(input.dropFirst()), kind: kind, isRaw: isRaw) else { return }
    for item in file.items where item.problem == nil {
      if let kind = Kinds.named(item.kind) { check(item, kind) }
    }
  }

  private mutating func check(_ item: ImportItem, _ kind: Kind) {
    guard var state = desk.blank(kind, id: item.id) else { return complaints.append("no record to write") }
    var draft = ChangeDraft(state: state, unaccepted: [])
    guard write(item, kind, &draft, updating: false), let change = desk.change(draft) else { return }
    do {
      try RecordRules.check(change)
    } catch {
      return complaints.append("a hub refuses what the import took: \(error.detail)")
    }
    state.apply(change, time: change.at)
    for form in ExportFile.Form.allCases { checkExport(state, kind, form) }
  }

  private mutating func checkExport(_ state: RecordState, _ kind: Kind, _ form: ExportFile.Form) {
    var file = ExportFile(form, kinds: [kind], isRaw: isRaw)
    file.add(state, without: [])
    guard let items = try? ImportFile(file.bytes, kind: kind, isRaw: isRaw).items, items.count == 1,
      items[0].problem == nil
    else { return complaints.append("an export as \(form) cannot be imported") }
    var draft = ChangeDraft(state: state, unaccepted: [])
    guard write(items[0], kind, &draft, updating: true) else {
      return complaints.append("an export as \(form) is refused")
    }
    if !draft.isEmpty { complaints.append("an export as \(form) changes what it was made of") }
  }

  /// Whether an item could be written; what other systems keep under `x-` names is not looked at.
  private mutating func write(_ item: ImportItem, _ kind: Kind, _ draft: inout ChangeDraft, updating: Bool) -> Bool {
    let document = JSONObject(item.document.filter { !$0.key.bytes.starts(with: "x-".utf8) })
    var desk = desk
    defer { self.desk = desk }
    do {
      try RecordDocument.draft(document, kind: kind, into: &draft, itemKey: { desk.itemKey() }, updating: updating)
      return true
    } catch {
      return false
    }
  }
}
