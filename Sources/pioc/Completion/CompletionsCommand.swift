import Terminal

/// `pioc completions`: the script that makes a shell complete what is typed after `pioc`.
enum CompletionsCommand {
  static let command = Command(
    "completions", synonyms: ["completion", "complete"],
    summary: "Print what makes a shell complete commands, options, ids and titles.",
    discussion: """
      Ids are offered with their titles, from the replica on this machine; the beginning of a title, or of a word \
      in it, is completed to the id. To have it in every shell:

        bash  echo 'source <(pioc completions bash)' >> ~/.bashrc
        zsh   echo 'source <(pioc completions zsh)' >> ~/.zshrc    (after compinit)
        fish  pioc completions fish > ~/.config/fish/completions/pioc.fish
      """,
    examples: ["pioc completions bash", "source <(pioc completions bash)"],
    arguments: [Argument("SHELL", "bash, zsh or fish.")])

  static func run(_ context: Context) throws -> Int32 {
    switch context.invocation.arguments[0].lowercased() {
    case "bash": context.output.write(CompletionScripts.bash)
    case "zsh": context.output.write(CompletionScripts.zsh)
    case "fish": context.output.write(CompletionScripts.fish)
    case let other:
      throw Failure.usage(
        "There are no completions for '\(DisplayWidth.clip(TerminalSafe.line(other), to: 40))'.",
        "Write bash, zsh or fish; this shell is the last part of $SHELL.")
    }
    return ExitCode.done
  }
}
