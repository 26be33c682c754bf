/// `pioc demo`: two cities and a hub on this machine, in a folder that is thrown away.
///
/// - Parameters:
///   - keep: whether the folder stays.
///   - context: where to write.
/// - Returns: the exit code.
func runDemo(keep: Bool, context: Context) -> Int32 {
  context.output.note("pioc: The demo is not part of this version yet.\nTry 'pioc init --member NAME' in a folder of its own (--dir).")
  return ExitCode.failed
}
