/// A known defect: one place of the engine, and what stands there instead.
///
/// The product holds nothing of it. The texts are exchanged in a copy of the sources, all mutants in one build, each
/// asleep until it is named. A defect that needs several places, because one check stands behind another, is several of
/// these under one name.
struct Mutant {
  /// The name by which it is switched on.
  let name: String
  /// What goes wrong, in a few words.
  let defect: String
  /// The file below `Sources`.
  let file: String
  /// What stands there, exactly once.
  let original: String
  /// What stands there in the copy; `MUTANT` is true while this mutant is on.
  let mutated: String

  init(_ name: String, _ defect: String, in file: String, _ original: String, becomes mutated: String) {
    self.name = name
    self.defect = defect
    self.file = file
    self.original = original
    self.mutated = mutated
  }
}
