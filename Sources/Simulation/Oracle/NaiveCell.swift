/// One live value.
struct NaiveCell: Hashable {
  let spot: NaiveSpot
  let time: Int64
  let value: NaiveValue

  /// Whether it is a delete: a put at `["@life"]` of an object.
  var isDelete: Bool { spot.path.isLife && value.asObject != nil }

  /// What a delete's list covers.
  var listed: [NaiveSpot] {
    guard isDelete, let names = value["deleted"]?.asObject else { return [] }
    return names.flatMap { member -> [NaiveSpot] in
      guard let name = NaiveName(member.key) else { return [] }
      return (member.value.asList ?? []).compactMap { NaivePath($0).map { NaiveSpot(path: $0, name: name) } }
    }
  }
}
