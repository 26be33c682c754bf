/// What `GET /healthz` tells.
struct HubHealth: Decodable {
  let hub: String
}
