public import JSON
public import Sync

extension RecordForm {
  /// Writes what a person changed in the text into a draft on ``state``, and nothing else.
  ///
  /// - Parameters:
  ///   - bytes: the text as it came back.
  ///   - draft: a draft on the state that was shown.
  ///   - itemKey: makes a random key for a new item of a list.
  ///   - resolve: completes what a person may shorten, such as ids.
  /// - Throws: ``FormError`` with all that is wrong; then nothing is written.
  public func write(
    _ bytes: [UInt8], into draft: inout ChangeDraft, itemKey: () -> Text,
    resolve: (String, Field) throws(FieldError) -> String
  ) throws(FormError) {
    let text = try FormText(bytes)
    var faults: [FormError.Fault] = []
    let lines = sorted(text.lines, &faults)
    let isMistyped = !faults.isEmpty
    var result = draft
    for field in kind.fields {
      let own = lines[field.name] ?? []
      // A field whose name was mistyped is told once, and not as missing too.
      if isMistyped, own.isEmpty { continue }
      let known = faults.count
      do {
        let elements = try elements(own, field, resolve, &faults)
        guard let elements, faults.count == known else { continue }
        try FieldEdit.replace(field, with: elements, in: &result, itemKey: itemKey)
      } catch {
        faults.append(.init(line: own.first?.line ?? 1, message: phrased(error)))
      }
    }
    if faults.isEmpty, !result.isEmpty {
      do { try RecordRules.checkComplete(result, kind: kind) } catch {
        faults.append(.init(line: 1, message: phrased(error)))
      }
    }
    if !faults.isEmpty { throw FormError(faults) }
    draft = result
  }

  /// The lines of each field.
  private func sorted(_ lines: [FormLine], _ faults: inout [FormError.Fault]) -> [Text: [FormLine]] {
    var sorted: [Text: [FormLine]] = [:]
    for line in lines {
      if let field = field(line.name) {
        sorted[field.name, default: []].append(line)
      } else {
        faults.append(.init(line: line.line, message: "\(kind.phrase) has no field of this name"))
      }
    }
    return sorted
  }

  private func field(_ name: String) -> Field? {
    let wanted = Letters.lowered(Text(name))
    return kind.fields.first { Letters.lowered(Text($0.option)) == wanted }
      ?? kind.fields.first { Letters.lowered($0.name) == wanted || Letters.lowered(Text($0.label)) == wanted }
  }

  /// What the field is to hold; `nil` if its text is as it was shown.
  private func elements(
    _ lines: [FormLine], _ field: Field, _ resolve: (String, Field) throws(FieldError) -> String,
    _ faults: inout [FormError.Fault]
  ) throws(FieldError) -> [FieldElement]? {
    let shown = entries(of: field)
    if lines.isEmpty, !field.isKeyed {
      if shown.isEmpty { return nil }
      throw FieldError(
        "\(field.name): its line is missing; to clear it, leave '\(field.option):' with nothing behind it")
    }
    let given = lines.filter { !Self.folded($0.text).isEmpty }
    // A value that is nothing but blanks is shown as nothing, and has not been touched either.
    let visible = shown.filter { !Self.folded($0.text).isEmpty }
    if given.map({ Self.folded($0.text) }) == visible.map({ Self.folded($0.text) }) { return nil }
    if !field.isKeyed, given.count > 1 {
      throw FieldError("\(field.name): it holds one value, so give it once")
    }
    var matching = FormMatching(shown)
    for line in given { matching.take(Self.folded(line.text)) }
    var elements: [FieldElement] = []
    for (index, line) in given.enumerated() {
      if let entry = matching.entry(index) {
        elements.append(entry.element)
        continue
      }
      do {
        let parsed = try FieldText.parse(try resolve(line.text, field), for: field)
        elements += parsed.map { ($0.key ?? (field.rule == .list ? matching.edited(index) : nil), $0.value) }
      } catch {
        faults.append(.init(line: line.line, message: phrased(error)))
      }
    }
    return elements
  }

  /// An error with the name by which the form calls the field.
  private func phrased(_ error: FieldError) -> String {
    for field in kind.fields where error.message.hasPrefix("\(field.name):") {
      return field.option + error.message.dropFirst(field.name.string.count)
    }
    return error.message
  }

  /// A text as it is compared: an editor may cut blanks off the ends of lines, and end them as it likes.
  static func folded(_ text: String) -> Text {
    let rows = Text(text).bytes.withoutCarriageReturns.split(separator: 0x0A, omittingEmptySubsequences: false)
    let cut = rows.map { row in row[..<((row.lastIndex { $0 != 0x20 && $0 != 0x09 }).map { $0 + 1 } ?? row.startIndex)]
    }
    return TypedText.text(TypedText.trimmed(Array(cut.joined(separator: [0x0A]))[...]))
  }
}
