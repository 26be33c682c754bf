import JSON
import Records
import Replica
import Terminal

/// `pioc search`: records of all kinds in which all words occur.
enum SearchCommand {
  static let command = Command(
    "search", synonyms: ["find", "grep", "query", "lookup"],
    summary: "Find records in which all the words occur, in any order.",
    discussion:
      "Case, accents and punctuation make no difference, and the beginning of a word is enough. A word is found "
      + "without the article or preposition written together with it (المؤتمر, የሰላም, d'Ivoire), too.",
    examples: ["pioc search smart cities", "pioc search bogota --json"],
    options: [Option("--limit", value: "N", "How many to show (usually 50).")],
    arguments: [Argument("WORDS", repeats: true, "What to look for.")])

  static func run(_ context: Context) throws -> Int32 {
    let limit = try context.count("--limit", usual: 50)
    let query = context.invocation.arguments.joined(separator: " ")
    guard !SearchText.terms(query).isEmpty else {
      throw Failure.usage(
        "There is no word to look for in that.", "Give letters or digits, such as 'pioc search smart cities'."
      )
    }
    let replica = try context.open()
    // One more than is shown tells whether there are more.
    let found = try replica.search(query, limit: limit + 1)
    try Listing(replica, context).show(Array(found.prefix(Int(limit))))
    guard !context.wantsJSON else { return ExitCode.done }
    if found.isEmpty { context.output.note("Nothing found.") }
    if found.count > limit {
      context.output.note("There are more; --limit N shows the first N, more words narrow it down.")
    }
    return ExitCode.done
  }
}
