import Crypto

/// Requests on their way to the store's thread, and which of them go together into its next transaction.
///
/// Those that may take long stand in lines of their own, one for each token, and of them one goes with each group, from
/// each line in turn: whoever asks for much waits for oneself, and writing waits for one of them at most.
struct RequestLines<Job> {
  /// How many requests share a transaction at most.
  private static var groupSize: Int { 64 }
  /// After how many changes a group is large enough: its one flush weighs little by then.
  private static var groupChanges: Int { 2_000 }
  private var quick: [(job: Job, changes: Int)] = []
  private var lines: [(token: Digest?, jobs: [Job])] = []

  var isEmpty: Bool { quick.isEmpty && lines.isEmpty }

  mutating func add(_ job: Job, _ cost: RequestCost) {
    switch cost {
    case .quick(let changes): quick.append((job, changes))
    case .long(let token):
      if let index = lines.firstIndex(where: { $0.token == token }) {
        lines[index].jobs.append(job)
      } else {
        lines.append((token, [job]))
      }
    }
  }

  /// Takes what goes into the next transaction; nothing if there is nothing.
  mutating func takeGroup() -> [Job] {
    var (group, changes, count) = ([Job](), 0, 0)
    if !lines.isEmpty {
      var line = lines.removeFirst()
      group.append(line.jobs.removeFirst())
      if !line.jobs.isEmpty { lines.append(line) }
    }
    while group.count < Self.groupSize, changes < Self.groupChanges, count < quick.count {
      group.append(quick[count].job)
      changes += quick[count].changes
      count += 1
    }
    quick.removeFirst(count)
    return group
  }

  /// Takes all of them.
  mutating func takeAll() -> [Job] {
    defer { (quick, lines) = ([], []) }
    return quick.map(\.job) + lines.flatMap(\.jobs)
  }
}
