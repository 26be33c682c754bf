/// Lets so many things through a second for each key, and a burst of them at once: a token bucket a key.
///
/// It knows no clock: times are milliseconds of one monotonic clock. Its memory is bounded: keys whose bucket is full
/// again are forgotten, and where too many keys come at once a new one is let through unseen.
struct RateLimiter<Key: Hashable> {
  private struct Bucket {
    /// In sixty-thousandths: each millisecond brings as many of them as there are things a minute, and none is lost.
    var level: Int64
    var time: UInt64
  }

  private static var most: Int { 1_000_000_000 }
  private static var one: Int64 { 60_000 }
  private let perMinute: Int64
  private let burst: Int64
  private let mostKeys: Int
  private var buckets: [Key: Bucket] = [:]
  private var nextCleaning: UInt64 = 0

  /// - Parameters:
  ///   - perMinute: how many a minute in the long run; 0 for no limit.
  ///   - burst: how many at once after a pause.
  ///   - mostKeys: how many keys are remembered at most.
  init(perMinute: Int, burst: Int, mostKeys: Int = 100_000) {
    self.perMinute = Int64(clamping: min(perMinute, Self.most))
    self.burst = Int64(clamping: min(burst, Self.most)) * Self.one
    self.mostKeys = mostKeys
  }

  /// Counts one more thing; says after how many seconds it would be let through, 0 if now.
  mutating func take(_ key: Key, now: UInt64) -> Int {
    guard perMinute > 0 else { return 0 }
    clean(now)
    var bucket = buckets[key] ?? Bucket(level: burst, time: now)
    bucket = refilled(bucket, now)
    guard bucket.level >= Self.one else {
      buckets[key] = bucket
      return Int((Self.one - bucket.level + perMinute * 1_000 - 1) / (perMinute * 1_000))
    }
    bucket.level -= Self.one
    if buckets[key] != nil || buckets.count < mostKeys { buckets[key] = bucket }
    return 0
  }

  private func refilled(_ bucket: Bucket, _ now: UInt64) -> Bucket {
    let passed = Int64(clamping: min(now - min(now, bucket.time), 86_400_000))
    // At most 86.4 million times a thousand million: far from the end of the numbers.
    return Bucket(level: min(burst, bucket.level + passed * perMinute), time: now)
  }

  private mutating func clean(_ now: UInt64) {
    guard now >= nextCleaning else { return }
    nextCleaning = now &+ 10_000
    buckets = buckets.filter { refilled($0.value, now).level < burst }
  }
}
