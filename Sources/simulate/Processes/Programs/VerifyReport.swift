/// What `pioc verify --json` tells.
struct VerifyReport: Decodable {
  let agrees: Bool
  let digest: String
  /// Records that differed, mended ones too: in no trial may there be any.
  let differing: [String]
}
