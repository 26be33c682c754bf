import JSON

extension Change {
  /// The same change under another dot, carrying its first name as `was`; members that this version does not know stay.
  public func rewritten(as replica: ReplicaID, n: Int64) throws(ChangeError) -> Change {
    guard let json = try? JSON.parse(bytes), var object = json.object else {
      throw ChangeError("a stored change is not an object")
    }
    object["replica"] = .string(replica.text)
    object["n"] = .int(n)
    object["was"] = .string(name.text)
    return try Change(bytes: JSON.object(object).canonical())
  }
}
