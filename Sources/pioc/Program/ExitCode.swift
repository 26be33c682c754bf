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
  /// Try again later (EX_TEMPFAIL of sysexits.h).
  static let temporary: Int32 = 75
}
