/// What the trials look at in a change of the hub's log.
struct LogChange: Decodable, Hashable {
  let replica: String
  let n: Int
  let record: String
}
