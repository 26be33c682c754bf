import JSON
import Records
import Sync

/// One text as an editor gave it back: what is taken of it is what a hub takes, and what is shown then changes nothing.
///
/// The first byte says the kind of the record that was shown; all else is the text.
struct FormTrial {
  private(set) var complaints: [String] = []
  private var desk = Desk()

  private static let shown: [Text: JSONObject] = [
    "event": [
      "title": "Forum", "when": ["start": "2027-03-01"], "owner": "bogota", "areas": ["Paz"], "summary": "a\nb",
    ],
    "contact": ["kind": "org", "name": ["full": "City of Palmira"], "owner": "bogota"],
    "publication": ["type": "report", "title": "Report", "issued": "2019", "owner": "bogota"],
  ]

  init(_ input: [UInt8]) {
    let kind = Kinds.all[Int(input.first ?? 0) % Kinds.all.count]
    if let document = Self.shown[kind.name], let state = desk.written(document, kind) {
      check(Array(input.dropFirst()), RecordForm(state, kind: kind))
    } else {
      complaints.append("no record to show")
    }
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  private mutating func check(_ text: [UInt8], _ form: RecordForm) {
    checkUnchanged(form)
    var draft = ChangeDraft(state: form.state, unaccepted: [])
    do {
      try write(text, form, &draft)
    } catch {
      let told = RecordForm.annotated(text, error)
      var other = ChangeDraft(state: form.state, unaccepted: [])
      demand((try? write(told, form, &other)) == nil, "what was told to be wrong is taken once it was told")
      return
    }
    guard let change = desk.change(draft) else { return }
    do {
      try RecordRules.check(change)
    } catch {
      return complaints.append("a hub refuses what the form took: \(error.detail)")
    }
    var state = form.state
    state.apply(change, time: change.at)
    checkUnchanged(RecordForm(state, kind: form.kind))
  }

  private mutating func checkUnchanged(_ form: RecordForm) {
    var draft = ChangeDraft(state: form.state, unaccepted: [])
    let text = form.text(heading: ["A record"]) { _ in "a title" }
    do {
      try write(text, form, &draft)
      demand(draft.isEmpty, "a text that came back as it went out changes something")
    } catch {
      complaints.append("a text that came back as it went out is refused: \(error)")
    }
  }

  private mutating func write(_ text: [UInt8], _ form: RecordForm, _ draft: inout ChangeDraft) throws(FormError) {
    var desk = desk
    defer { self.desk = desk }
    try form.write(text, into: &draft, itemKey: { desk.itemKey() }) { (typed, _) throws(FieldError) in typed }
  }
}
