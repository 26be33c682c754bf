import Crypto

/// A change, read from its canonical bytes.
final class NaiveChange {
  /// What it does at a path: with a value it puts, without one it drops.
  struct Operation {
    let path: NaivePath
    let value: NaiveValue?
    let over: [NaiveName]
  }

  let replica: [UInt8]
  let n: Int64
  let record: [UInt8]
  let kind: [UInt8]
  let at: Int64
  let operations: [Operation]
  /// Whether it erases its record.
  let erases: Bool
  /// Whether it was written again under another dot.
  let isWrittenAgain: Bool
  /// What it is called: the name in `was`, or its own.
  let name: NaiveName
  /// The hash that it had under its first dot.
  let firstHash: Digest

  /// Reads a change with the hash of its bytes; nil if these are not the canonical bytes of one.
  init?(_ bytes: [UInt8], hash: Digest) {
    guard let value = NaiveReader.readCanonical(bytes), let members = value.asObject,
      let replica = value["replica"]?.asText, let n = value["n"]?.asNumber, n >= 1,
      let record = value["record"]?.asText, let kind = value["kind"]?.asText, let at = value["at"]?.asNumber,
      let list = value["ops"]?.asList
    else { return nil }
    var operations: [Operation] = []
    var erases = false
    for item in list {
      if item["erase"] == .bool(true) { erases = true; continue }
      guard let operation = Self.operation(item) else { return nil }
      operations.append(operation)
    }
    (self.replica, self.n, self.record, self.kind, self.at) = (replica, n, record, kind, at)
    (self.operations, self.erases) = (operations, erases)
    guard let was = value["was"] else {
      (isWrittenAgain, firstHash) = (false, hash)
      name = NaiveName(replica: replica, n: n, hash: hash.prefix)
      return
    }
    guard let text = was.asText, let name = NaiveName(text) else { return nil }
    (isWrittenAgain, self.name, firstHash) = (true, name, Self.firstHash(members, name))
  }

  /// The number of the request by which another system wrote it, where its documents bear one.
  var run: Int64? { operations.first { "x-run".utf8.elementsEqual($0.path.field) }?.value?.asNumber }

  private static func operation(_ item: NaiveValue) -> Operation? {
    guard let path = (item["put"] ?? item["drop"]).flatMap(NaivePath.init) else { return nil }
    let value = item["put"] == nil ? nil : item["value"]
    guard (item["put"] == nil) == (value == nil) else { return nil }
    var over: [NaiveName] = []
    for text in item["over"]?.asList ?? [] {
      guard let name = text.asText.flatMap(NaiveName.init) else { return nil }
      over.append(name)
    }
    return Operation(path: path, value: value, over: over)
  }

  /// The same object under its first dot: only `replica`, `n` and `was` differ (Protocol, 3.5.1).
  private static func firstHash(_ members: [NaiveMember], _ name: NaiveName) -> Digest {
    let first = members.compactMap { member -> NaiveMember? in
      switch member.key.shown {
      case "replica": NaiveMember(key: member.key, value: .text(name.replica))
      case "n": NaiveMember(key: member.key, value: .number(name.n))
      case "was": nil
      default: member
      }
    }
    return SHA256.hash(NaiveValue.object(first).canonical)
  }
}
