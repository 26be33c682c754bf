/// Text as it is folded, scalar by scalar.
struct FoldedText {
  private var bytes: [UInt8] = []
  private var isPending = false

  /// What was folded so far.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds what a scalar became; of blanks only one between two words stays.
  mutating func append(_ scalar: FoldedScalar) {
    switch scalar {
    case .nothing: break
    case .blank: isPending = !bytes.isEmpty
    case .ascii(let byte):
      endBlank()
      bytes.append(byte)
    case .text(let text):
      endBlank()
      bytes.append(contentsOf: text.utf8)
    }
  }

  private mutating func endBlank() {
    if isPending { bytes.append(UInt8(ascii: " ")) }
    isPending = false
  }
}
