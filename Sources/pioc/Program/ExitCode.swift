/// What the program's exit code says; programs rely on these.
enum ExitCode {
  /// Done.
  static let done: Int32 = 0
  /// It could not be done.
  static let failed: Int32 = 1
  /// What was typed, or a file that was given, cannot be taken.
  static let usage: Int32 = 2
  /// Done, but something needs a person: conflicts, rejected changes, or items of an import.
  static let needsYou: Int32 = 3
  /// Nothing was done: it would delete or overwrite very many records, and nobody has agreed to that.
  static let needsConsent: Int32 = 4
  /// Stopped with Ctrl-C, as a shell tells it.
  static let interrupted: Int32 = 130
  /// Try again later (EX_TEMPFAIL of sysexits.h).
  static let temporary: Int32 = 75
}
