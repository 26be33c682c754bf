/// A member of a JSON object.
struct NaiveMember: Hashable {
  let key: [UInt8]
  let value: NaiveValue
}
