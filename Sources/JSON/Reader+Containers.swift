/// Arrays and objects as steps, for trees, for skipping and for the public scanner alike.
extension Reader {
  /// Takes the bracket at hand.
  mutating func descend() throws(JSONError) {
    guard depth < min(limits.depth, Reader.deepest) else { throw JSONError(.tooDeep, at: position) }
    depth += 1
    position += 1
  }

  /// Takes the brace at hand and opens the object's list of keys.
  mutating func descendIntoObject() throws(JSONError) -> ObjectKeys {
    try descend()
    if keys.isEmpty { keys.reserveCapacity(16) }
    return ObjectKeys(base: keys.count)
  }

  /// Goes to the next element of an array of which `count` have been read; false when it has taken the end.
  mutating func nextElement(_ bytes: Span<UInt8>, count: Int) throws(JSONError) -> Bool {
    guard try advance(bytes, count: count, closing: Byte.closeBracket) else { return false }
    guard count < limits.elements else { throw JSONError(.tooMany, at: position) }
    return true
  }

  /// Takes the next key of an object and its colon; nothing when it has taken the end.
  mutating func nextKey(_ bytes: Span<UInt8>, _ object: inout ObjectKeys) throws(JSONError) -> StringSpan? {
    let count = keys.count - object.base
    guard try advance(bytes, count: count, closing: Byte.closeBrace) else {
      keys.removeLast(count)
      return nil
    }
    guard bytes[position] == Byte.quote else { throw JSONError(.unexpectedByte, at: position) }
    guard count < limits.members else { throw JSONError(.tooMany, at: position) }
    let key = try string(bytes)
    try note(KeySpan(key, in: bytes), in: &object, bytes)
    guard try nextByte(bytes) == Byte.colon else { throw JSONError(.unexpectedByte, at: position) }
    position += 1
    return key
  }

  /// Takes the comma before the next item, if it is not the first, or else the end; false at the end.
  private mutating func advance(_ bytes: Span<UInt8>, count: Int, closing: UInt8) throws(JSONError) -> Bool {
    let byte = try nextByte(bytes)
    if byte == closing {
      position += 1
      depth -= 1
      return false
    }
    guard count > 0 else { return true }
    guard byte == Byte.comma else { throw JSONError(.unexpectedByte, at: position) }
    let comma = position
    position += 1
    if try nextByte(bytes) == closing { throw JSONError(.trailingComma, at: comma) }
    return true
  }

  /// Adds a key to its object's, unless it is there already.
  ///
  /// Ascending keys need one comparison each, few keys are searched, many go into a set (whose hashes are
  /// seeded per process, so that nobody can choose keys that collide): never quadratic.
  private mutating func note(
    _ key: KeySpan, in object: inout ObjectKeys, _ bytes: Span<UInt8>
  ) throws(JSONError) {
    object.hasEscapes = object.hasEscapes || key.content.isEscaped
    if object.isAscending, keys.count > object.base, !keys[keys.count - 1].precedes(key, in: bytes) {
      object.isAscending = false
      isCanonical = false
    }
    if !object.isAscending, isKnown(key, in: &object, bytes) {
      throw JSONError(.duplicateKey, at: key.content.start - 1)
    }
    keys.append(key)
  }

  private mutating func isKnown(_ key: KeySpan, in object: inout ObjectKeys, _ bytes: Span<UInt8>) -> Bool {
    if object.seen == nil, !object.hasEscapes, keys.count - object.base < ObjectKeys.searchable {
      for index in object.base..<keys.count where keys[index].equals(key, in: bytes) { return true }
      return false
    }
    var seen = object.seen ?? textsOfKeys(from: object.base, bytes)
    object.seen = nil
    let isNew = seen.insert(key.content.text(in: bytes)).inserted
    object.seen = seen
    return !isNew
  }

  private mutating func textsOfKeys(from base: Int, _ bytes: Span<UInt8>) -> Set<Text> {
    var texts: Set<Text> = []
    for index in base..<keys.count { texts.insert(keys[index].content.text(in: bytes)) }
    return texts
  }
}
