/// The entity tags that an `If-Match` or `If-None-Match` names, on all its lines together (RFC 9110 §8.8.3, §13.1).
///
/// What is no entity tag is passed over: it equals none.
public struct EntityTags: Equatable, Sendable {
  private struct Tag: Equatable {
    let isWeak: Bool
    /// With its quotation marks.
    let opaque: [UInt8]
  }

  /// Whether `*` is named: whatever there is.
  public private(set) var isAny = false
  private var tags: [Tag] = []

  /// Reads the field of this name, in lower case; `nil` if it is not there.
  public init?(_ fields: HTTPFields, _ name: String) {
    let values = fields.values(of: name)
    guard !values.isEmpty else { return nil }
    for value in values { read(Array(value.utf8)[...]) }
  }

  private mutating func read(_ list: ArraySlice<UInt8>) {
    var rest = list
    while !rest.isEmpty {
      rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == .comma }
      // A comma may stand inside of a tag, so the list is not split at them.
      let isWeak = rest.starts(with: "W/".utf8)
      let quoted = isWeak ? rest.dropFirst(2) : rest
      if quoted.first == UInt8(ascii: "\""), let end = quoted.dropFirst().firstIndex(of: UInt8(ascii: "\"")) {
        tags.append(Tag(isWeak: isWeak, opaque: Array(quoted[...end])))
        rest = quoted[(end + 1)...]
      } else {
        let element = rest.prefix { $0 != .comma }
        if element.elementsEqual("*".utf8) { isAny = true }
        rest = rest[element.endIndex...]
      }
    }
  }

  /// The strong comparison, for `If-Match`: both are strong, and the same (RFC 9110 §8.8.3.2).
  public func matchesStrongly(_ tag: String) -> Bool {
    tags.contains { !$0.isWeak && $0.opaque.elementsEqual(tag.utf8) }
  }

  /// The weak comparison, for `If-None-Match`, of a tag that is strong.
  public func matchesWeakly(_ tag: String) -> Bool { tags.contains { $0.opaque.elementsEqual(tag.utf8) } }

  /// What is named, for comparing two requests.
  public var bytes: [UInt8] {
    (isAny ? Array("*".utf8) : []) + tags.flatMap { Array($0.isWeak ? "W/".utf8 : "".utf8) + $0.opaque + [.comma] }
  }
}
