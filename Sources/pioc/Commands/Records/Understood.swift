/// Sentences about how something typed was understood, kept until it is written: what fails is told alone.
final class Understood {
  private var sentences: [String] = []

  /// Keeps a sentence.
  func add(_ sentence: String) { sentences.append(sentence) }

  /// Says them all beside the data.
  func say(to output: Output) {
    for sentence in sentences { output.note(sentence) }
  }
}
