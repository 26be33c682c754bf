import JSON
import Sync

/// A file of the format `pioc-sample/1`.
struct SampleFile {
  static let format: Text = "pioc-sample/1"
  /// The scheme of the file's ids in `sourceIds`.
  static let scheme: Text = "pioc-sample"

  private let file: JSONObject
  private let sources: JSONObject
  /// The ids of the file's contacts: an affiliation names one of them, or an organisation by its name.
  private let contacts: Set<Text>

  init(_ file: JSONObject) {
    self.file = file
    sources = file["sources"]?.object ?? [:]
    contacts = Set((file[Text(Kinds.contact.plural)]?.array ?? []).compactMap { $0["id"]?.text })
  }

  func items() -> [ImportItem] {
    var items: [ImportItem] = []
    var seen: Set<Text> = []
    for kind in Kinds.all {
      guard let member = file[Text(kind.plural)] else { continue }
      guard let records = member.array else {
        items.append(item(kind, 0, id: nil, [:], problem: "'\(kind.plural)' is not a list"))
        continue
      }
      for (index, record) in records.enumerated() {
        guard let object = record.object else {
          items.append(item(kind, index, id: nil, [:], problem: "it is not an object"))
          continue
        }
        guard let id = object["id"]?.text, PlainText.isUnbroken(id, bytes: 200) else {
          items.append(
            item(kind, index, id: nil, object, problem: "it has no 'id' of 1 to 200 bytes without blanks"))
          continue
        }
        let problem = seen.insert(id).inserted ? nil : "another record of the file has the same 'id'"
        items.append(item(kind, index, id: id, object, problem: problem))
      }
    }
    return items
  }

  private func item(_ kind: Kind, _ index: Int, id: Text?, _ object: JSONObject, problem: String?)
    -> ImportItem
  {
    var problem = problem
    let sourceID = id.map { Self.sourceID($0) } ?? ""
    var document = object
    document["id"] = nil
    if let id { document["sourceIds"] = Self.sourceIDs(document["sourceIds"], adding: Self.sourceID(id)) }
    do {
      try resolveSources(&document)
    } catch {
      problem = problem ?? error.clause
    }
    for field in kind.fields {
      guard let array = document[field.name]?.array else { continue }
      document[field.name] = .array(prepared(array, field))
    }
    return ImportItem(kind: kind.name, sourceID: sourceID, document: document, index: index, problem: problem)
  }

  private static func sourceID(_ id: Text) -> Text { Text("\(scheme):\(id)") }

  private static func sourceIDs(_ present: JSON?, adding id: Text) -> JSON {
    let others = (present?.array ?? []).filter { $0 != .string(id) }
    return .array([.string(id)] + others)
  }

  /// Replaces the short names of sources by what they stand for.
  private func resolveSources(_ document: inout JSONObject) throws(Violation) {
    if let name = document["source"]?.text {
      guard let system = sources[name]?.text else {
        throw Violation(rule: "one of the file's 'sources'", part: "source")
      }
      document["source"] = ["system": .string(system)]
    }
    guard var consent = document["consent"]?.object, let name = consent["evidence"]?.text else { return }
    consent["evidence"] = sources[name] ?? .string(name)
    document["consent"] = .object(consent)
  }

  private func prepared(_ elements: [JSON], _ field: Field) -> [JSON] {
    switch (field.rule, field.name) {
    case (.reference, _), (_, "authors"): elements.map { marked($0, at: "ref") { _ in true } }
    case (_, "affiliations"): elements.map { marked($0, at: "org") { contacts.contains($0) } }
    case (.list, _): keyed(elements)
    default: elements
    }
  }

  /// Puts the scheme before the source id in an element, unless it is the id of a record.
  private func marked(_ element: JSON, at member: Text, where isSourceID: (Text) -> Bool) -> JSON {
    if let text = element.text { return .string(RecordID(text) == nil ? Self.sourceID(text) : text) }
    guard var object = element.object, let text = object[member]?.text, RecordID(text) == nil,
      isSourceID(text)
    else {
      return element
    }
    object[member] = .string(Self.sourceID(text))
    return .object(object)
  }

  /// Gives the items of a list keys that follow from what they say, so that two imports make one item.
  private func keyed(_ items: [JSON]) -> [JSON] {
    var counts: [[UInt8]: Int] = [:]
    return items.map { item in
      guard var object = item.object, object["key"] == nil else { return item }
      let bytes = item.canonical()
      counts[bytes, default: 0] += 1
      let key = TypedText.text(bytes + Array(" \(counts[bytes, default: 0])".utf8))
      object["key"] = .string(RecordID(kind: "item", foreignKey: key).text)
      return .object(object)
    }
  }
}
