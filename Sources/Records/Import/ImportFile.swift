public import JSON
public import Sync

/// Reads files of records; one bad record never stops the others.
///
/// It takes JSON (`pioc-records/1`, which an export writes; a bare list of records, as lists print with `--json`, one
/// record, or one a line; and `pioc-sample/1`: `events`, `contacts` and `publications` with ids of their own, and `sources` that they name) and
/// tables (CSV) with the names of fields in their first row.
public struct ImportFile: Sendable {
  /// The records of the file.
  public let items: [ImportItem]
  /// How the file was read, as in "JSON" or "CSV with semicolons".
  public let form: String

  /// Reads a file of any form.
  ///
  /// - Parameters:
  ///   - bytes: all of it.
  ///   - kind: the kind of records that do not say it themselves.
  ///   - isRaw: whether a table's cells are as they are, without apostrophes that guard them against spreadsheets.
  public init(_ bytes: [UInt8], kind: Kind? = nil, isRaw: Bool = false) throws(ImportError) {
    // The beginnings of a ZIP archive, as new spreadsheets and documents are, and of an older one's (OLE).
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw ImportError(
        "this is a spreadsheet or a document, and no table; save it there as 'CSV UTF-8' and import that")
    }
    let bytes = try Self.utf8(bytes)
    let first = bytes.first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      items = try Self.parse(bytes, kind: kind)
      form = "JSON"
    } else {
      let file = try TableFile(bytes, kind: kind, isRaw: isRaw)
      items = file.items()
      form = file.form
    }
  }

  /// What spreadsheets save as "Unicode text" is UTF-16, known by its mark (RFC 2781 §3.2); all else stays as it is.
  private static func utf8(_ bytes: [UInt8]) throws(ImportError) -> [UInt8] {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index -> UInt16 in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw ImportError("the file is UTF-16, and damaged; save it again as 'CSV UTF-8'")
    }
    return Array(text.utf8)
  }

  /// The records of a JSON file, in its order.
  public static func parse(_ bytes: [UInt8], kind: Kind? = nil) throws(ImportError) -> [ImportItem] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if let list = ListElements(text), let shell = try? JSON.parse(list.shell), isEmptyList(shell) {
      return RecordsFile(list.elements, kind: kind).items()
    }
    if let lines = records(byLine: text) { return RecordsFile(lines, kind: kind).items() }
    let json: JSON
    do {
      json = try JSON.parse(text, limits: JSONLimits(bytes: 1 << 30))
    } catch {
      if error.kind == .unexpectedEnd {
        throw ImportError("the file ends in the middle (after \(error.offset) bytes), so part of it is missing")
      }
      let line = text.prefix(error.offset).count { $0 == 0x0A } + 1
      throw ImportError("the file is not valid JSON on line \(line): \(error)")
    }
    if json["format"] == nil, json["record"]?.text != nil {
      return RecordsFile([ListElements.Element(line: 1, bytes: text)], kind: kind).items()
    }
    guard json["format"] == .string(SampleFile.format), let object = json.object else {
      throw ImportError(
        "the file has no \"format\" that is known here; it should be \"\(RecordsFile.format)\" or "
          + "\"\(SampleFile.format)\"")
    }
    return SampleFile(object).items()
  }

  /// Whether that is all that is left of a list of records once they are taken out.
  private static func isEmptyList(_ shell: JSON) -> Bool {
    shell.array?.isEmpty ?? (shell["format"] == .string(RecordsFile.format) && shell["records"]?.array?.isEmpty == true)
  }

  /// Records of which each has a line to itself (JSON Lines); `nil` if that is not how the text is written.
  private static func records(byLine text: ArraySlice<UInt8>) -> [ListElements.Element]? {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap {
      let line = $1.drop { $0 <= 0x20 }
      return line.isEmpty ? nil : ListElements.Element(line: $0 + 1, bytes: line)
    }
    // Of an object that is written over several lines hardly any but the first begins so.
    return lines.count > 1 && lines.allSatisfy { $0.bytes.first == UInt8(ascii: "{") } ? lines : nil
  }

  /// The id that every replica gives to a record that it imports, so that two imports make one record.
  ///
  /// A contact has none, since a hash of personal data would outlive its erasure: it gets a random id and is
  /// found again by its `sourceIds`.
  public static func derivedID(kind: Text, sourceID: Text) -> RecordID? {
    kind == Kinds.contact.name ? nil : RecordID(kind: kind, foreignKey: sourceID)
  }
}
