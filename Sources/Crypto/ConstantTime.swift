/// Tells whether two secrets are the same, in a time that depends on their lengths alone.
///
/// A comparison that stops at the first difference tells a patient caller how much of a guess was right. The
/// lengths are no secret here: compare hashes where they are.
@inline(never)
public func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  guard a.count == b.count else { return false }
  var differences: UInt8 = 0
  for index in a.indices { differences |= a[index] ^ b[index] }
  return differences == 0
}
