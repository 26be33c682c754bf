/// A row of a replica's table of references.
struct FileReference: Hashable {
  /// The id of the record that is named, as text.
  let target: [UInt8]
  /// The number of the record that names it, in this file.
  let source: Int64
  let field: [UInt8]
}
