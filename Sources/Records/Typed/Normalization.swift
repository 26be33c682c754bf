// The standard library's own normalization, which Foundation uses too. It is not public API: this file is the
// one place that names it, so that tables of our own could take its place.
@_spi(_Unicode) import Swift

/// Unicode normalization forms (UAX 15).
enum Normalization {
  /// Letters and marks put together where that is possible (NFC): how typed text is stored.
  ///
  /// Text of characters below U+0300, the first that combines, is in NFC already (UAX 15 §9.1: each of them is *Quick_Check*
  /// Yes and a starter).
  static func composed(_ string: String) -> String {
    if string.utf8.allSatisfy({ $0 < 0xCC }) { return string }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: string._nfc)
    return String(scalars)
  }

  /// Letters and marks taken apart (NFD): how text is folded for searching.
  static func decomposed(_ string: String) -> [Unicode.Scalar] { Array(string._nfd) }
}
