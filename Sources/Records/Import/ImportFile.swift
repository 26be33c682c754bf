public import JSON
public import Sync

/// Reads files of records; one bad record never stops the others.
///
/// The one format for now is `pioc-sample/1`: `events`, `contacts` and `publications` with ids of their own,
/// and `sources` that they name.
public struct ImportFile: Sendable {
  /// The records of a file, in its order.
  public static func parse(_ bytes: [UInt8]) throws(ImportError) -> [ImportItem] {
    let json: JSON
    do {
      json = try JSON.parse(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    } catch {
      throw ImportError("the file is not valid JSON: \(error)")
    }
    guard json["format"] == .string(SampleFile.format), let object = json.object else {
      throw ImportError(
        "the file has no \"format\" that is known here; it should be \"\(SampleFile.format)\"")
    }
    return SampleFile(object).items()
  }

  /// The id that every replica gives to a record that it imports, so that two imports make one record.
  ///
  /// A contact has none, since a hash of personal data would outlive its erasure: it gets a random id and is
  /// found again by its `sourceIds`.
  public static func derivedID(kind: Text, sourceID: Text) -> RecordID? {
    kind == Kinds.contact.name ? nil : RecordID(kind: kind, foreignKey: sourceID)
  }
}
