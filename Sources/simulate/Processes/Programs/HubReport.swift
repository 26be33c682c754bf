/// What `GET /v1/status` tells.
struct HubReport: Decodable {
  let head: Int
  let digest: String
  let conflicts: Int
}
