/// Finds the known word that a mistyped one was meant to be.
public enum NearWord {
  /// Words beyond this length are no typing errors of a command or an option.
  private static let longest = 40

  /// The nearest candidate at a distance of at most 2 (1 for words of up to five letters), or else the only one that
  /// `word` abbreviates.
  ///
  /// A word of which every letter would have to change is not near: "x" does not mean "rm".
  public static func find(_ word: String, among candidates: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    guard !typed.isEmpty, typed.count <= longest else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let known = Array(candidate.lowercased().unicodeScalars)
      let distance = self.distance(typed, known)
      let letters = min(typed.count, known.count) - known.prefix { $0 == "-" }.count
      if distance <= (letters > 5 ? 2 : 1), distance < letters, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    if let best { return best.word }
    let prefixed = candidates.filter { $0.unicodeScalars.starts(with: typed) }
    return typed.count >= 2 && prefixed.count == 1 ? prefixed.first : nil
  }

  /// The Damerau–Levenshtein distance in its restricted form: no substring is edited twice.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          least = min(least, beforeLast[j - 2] + 1)
        }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
