import Crypto

/// What is known of a change that somebody wrote.
struct WrittenChange {
  let hash: Digest
  let record: [UInt8]
}
