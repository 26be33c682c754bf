import JSON
import Sync

extension FieldEdit {
  /// Checks elements that a field is to hold.
  static func check(
    _ elements: [FieldElement], of field: Field, _ view: FieldView, record: RecordID
  ) throws(FieldError) {
    if field.isKeyed {
      try checkCount(field.rule == .list ? elements.count : Set(elements.compactMap(\.key)).count, of: field)
    } else if elements.count > 1 {
      throw FieldError("\(field.name): it holds one value, so give it once")
    }
    var values: [Text: JSON] = [:]
    for element in elements {
      if let key = element.key, let other = values.updateValue(element.value, forKey: key),
        other.canonical() != element.value.canonical()
      {
        throw FieldError("\(field.name): it has the same element twice with different values")
      }
      // What stands there already may come from a newer version, whose rules are not known here.
      if let old = view.value(element.key), old.canonical() == element.value.canonical() { continue }
      do {
        let key = element.key ?? (field.rule == .list ? Field.anyItemKey : nil)
        try field.check(key: key, value: element.value, record: record)
      } catch {
        throw FieldError(error, field)
      }
      try checkNames(element, field, view)
    }
  }

  static func checkCount(_ count: Int, of field: Field) throws(FieldError) {
    if count > field.maximumElements {
      throw FieldError("\(field.name): there are at most \(field.maximumElements)")
    }
  }

  /// Refuses parts that neither the table nor the present value knows: a hub must let those of a newer
  /// version pass, but in what a person writes here they are mistakes.
  private static func checkNames(_ element: FieldElement, _ field: Field, _ view: FieldView)
    throws(FieldError)
  {
    let names = names(in: element.value)
    let known = field.type.partNames
    if names.isSubset(of: known) { return }
    let olds =
      field.rule == .list ? view.keys().compactMap { view.value($0) } : [view.value(element.key) ?? .null]
    let present = olds.reduce(into: known) { $0.formUnion(Self.names(in: $1)) }
    guard names.isSubset(of: present) else {
      let list = known.sorted().map { "'\($0)'" }.joined(separator: ", ")
      throw FieldError("\(field.name): it has a part that is not known; the parts are \(list)")
    }
  }

  private static func names(in value: JSON) -> Set<Text> {
    switch value {
    case .object(let object): Set(object.map(\.key))
    case .array(let array): array.reduce(into: []) { $0.formUnion(names(in: $1)) }
    default: []
    }
  }
}

extension ValueType {
  /// The names of the members that a value may have, as far as this version knows.
  var partNames: Set<Text> {
    switch self {
    case .parts(let parts), .keyed(let parts): Set(parts.map(\.name))
    case .when: ["start", "end", "zone", "month", "year", "tba"]
    case .authors: Set(Author.parts.map(\.name))
    default: []
    }
  }
}
