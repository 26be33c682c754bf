import JSON

/// Authors as people type them: `Sutherland, Jai-Ayla; City of Palmira (editor)`.
///
/// One comma divides a family name from given names; a name that has one of its own is written `literal=…`.
/// Further parts are divided by `|`: `family=Paz|given=Ana|role=editor`.
enum AuthorText {
  /// Reads the authors of a text, in their order.
  static func parse(_ text: Text) throws(Violation) -> [JSON] {
    var authors: [JSON] = []
    for piece in divided(text.bytes, at: UInt8(ascii: ";")) {
      let trimmed = TypedText.trimmed(piece[...])
      if !trimmed.isEmpty { authors.append(.object(try author(trimmed))) }
    }
    return authors
  }

  /// The text for an author.
  static func describe(_ author: JSON) -> String {
    guard let object = author.object else { return author.description }
    if let plain = plain(object) { return plain }
    return object.map { "\($0.key)=\(escaped($0.value.text?.string ?? $0.value.description))" }.joined(
      separator: "|")
  }

  private static func author(_ bytes: ArraySlice<UInt8>) throws(Violation) -> JSONObject {
    if let labelled = try labelled(bytes) { return labelled }
    var object = JSONObject()
    var name = bytes
    if bytes.last == UInt8(ascii: ")"), let open = bytes.lastIndex(of: UInt8(ascii: "(")),
      open > bytes.startIndex,
      bytes[open - 1] == 0x20
    {
      object["role"] = .string(TypedText.text(unescaped(bytes[(open + 1)..<(bytes.endIndex - 1)])))
      name = TypedText.trimmed(bytes[..<open])
    }
    let sides = name.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let pieces = sides.map { TypedText.text(unescaped(TypedText.trimmed($0))) }
    if pieces.count == 2, pieces.allSatisfy({ !$0.isEmpty }) {
      object["family"] = .string(pieces[0])
      object["given"] = .string(pieces[1])
    } else {
      object["literal"] = .string(TypedText.text(unescaped(name)))
    }
    return object
  }

  private static func labelled(_ bytes: ArraySlice<UInt8>) throws(Violation) -> JSONObject? {
    var object = JSONObject()
    for piece in divided(Array(bytes), at: UInt8(ascii: "|")) {
      let word = piece.prefix { Letters.isLetter($0) }
      guard word.endIndex < piece.endIndex, piece[word.endIndex] == UInt8(ascii: "="),
        let part = Author.parts.first(where: { $0.name.bytes[...] == word })
      else {
        if object.isEmpty { return nil }
        let names = Author.parts.map { "'\($0.name)'" }.joined(separator: ", ")
        throw Violation(rule: "given with the parts " + names)
      }
      object[part.name] = .string(
        TypedText.text(TypedText.trimmed(unescaped(piece[(word.endIndex + 1)...])[...])))
    }
    return object
  }

  /// The short form, where it reads as the same author.
  private static func plain(_ object: JSONObject) -> String? {
    var text: String
    if let family = object["family"]?.text, let given = object["given"]?.text {
      text = "\(family), \(given)"
    } else if let literal = object["literal"]?.text {
      text = literal.string
    } else {
      return nil
    }
    if let role = object["role"]?.text { text += " (\(role))" }
    let bytes = Array(text.utf8)
    guard !bytes.contains(where: { ";|\\".utf8.contains($0) }), let read = try? author(bytes[...]),
      JSON.object(read).canonical() == JSON.object(object).canonical()
    else { return nil }
    return text
  }

  /// Divides at a character that has no backslash before it.
  private static func divided(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
    var pieces: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in bytes {
      if byte == separator, !isEscaped {
        pieces.append([])
      } else {
        pieces[pieces.count - 1].append(byte)
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return pieces
  }

  private static func unescaped(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped, ";|\\".utf8.contains(byte) { result.removeLast() }
      result.append(byte)
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return result
  }

  private static func escaped(_ text: String) -> String {
    String(
      decoding: text.utf8.flatMap { ";|\\".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] },
      as: UTF8.self)
  }
}
