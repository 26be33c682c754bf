/// What `pioc status --json` tells.
struct ReplicaReport: Decodable {
  let replica: String
  let pending: Int
  let conflicts: Int
  let rejected: Int
  let rebasing: Bool
  let formerIds: [String]
}
