public import JSON
public import Sync

/// One record of an import file.
public struct ImportItem: Hashable, Sendable {
  /// The kind of the record.
  public let kind: Text
  /// Its id in the file.
  ///
  /// It has its scheme in front (`pioc-sample:evt-smart-2022`), and is also an element of `sourceIds`. Empty where the
  /// file gives none.
  public let sourceID: Text
  /// The record as a document; references still name source ids with their scheme.
  public let document: JSONObject
  /// Which record of its kind it is in the file, from 0.
  public let index: Int
  /// Why it cannot be imported; `nil` if it can.
  public let problem: String?
  /// The line of the file on which it begins, from 1, where lines tell anything.
  public private(set) var line: Int?
  /// The record that the file says it is.
  public private(set) var id: RecordID?

  /// An item from its parts.
  public init(
    kind: Text, sourceID: Text, document: JSONObject, index: Int, problem: String? = nil, line: Int? = nil,
    id: RecordID? = nil
  ) {
    self.kind = kind
    self.sourceID = sourceID
    self.document = document
    self.index = index
    self.problem = problem
    self.line = line
    self.id = id
  }

  /// The item with references to records instead of source ids; one that is not found is a problem of this
  /// item alone.
  ///
  /// - Parameter lookup: the record that was imported, or will be, under a source id.
  /// - Returns: the item with its references replaced, or with its problem.
  public func resolved(_ lookup: (Text) -> RecordID?) -> ImportItem {
    if problem != nil { return self }
    var resolver = ReferenceResolver()
    let document = resolver.resolved(document, Kinds.named(kind), lookup)
    let problem = resolver.missing.map { "it refers to a record that is not there: \($0)" }
    return ImportItem(
      kind: kind, sourceID: sourceID, document: document, index: index, problem: problem, line: line, id: id)
  }
}
