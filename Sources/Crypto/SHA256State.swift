/// The eight words that SHA-256 carries from block to block (FIPS 180-4 section 6.2).
struct SHA256State {
  /// The initial hash value (section 5.3.3).
  private var a: UInt32 = 0x6a09_e667
  private var b: UInt32 = 0xbb67_ae85
  private var c: UInt32 = 0x3c6e_f372
  private var d: UInt32 = 0xa54f_f53a
  private var e: UInt32 = 0x510e_527f
  private var f: UInt32 = 0x9b05_688c
  private var g: UInt32 = 0x1f83_d9ab
  private var h: UInt32 = 0x5be0_cd19

  /// The words as a digest.
  var digest: Digest {
    func joined(_ high: UInt32, _ low: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }
    return Digest(joined(a, b), joined(c, d), joined(e, f), joined(g, h))
  }

  /// Takes whole blocks of 64 bytes.
  mutating func take(_ bytes: RawSpan, from start: Int, blocks: Int) {
    for block in 0..<blocks {
      var schedule = SHA256Schedule(bytes, at: start + block * SHA256.blockSize)
      var next = self
      next.sixteenRounds(schedule, 0)
      for first in 1..<4 {
        schedule.extend()
        next.sixteenRounds(schedule, first * 16)
      }
      add(next)
    }
  }

  @inline(__always)
  private mutating func add(_ other: SHA256State) {
    a &+= other.a
    b &+= other.b
    c &+= other.c
    d &+= other.d
    e &+= other.e
    f &+= other.f
    g &+= other.g
    h &+= other.h
  }

  /// Sixteen rounds, from the one numbered `first` on.
  ///
  /// Instead of moving the eight words on by one place a round, the rounds name them by turns.
  @inline(__always)
  private mutating func sixteenRounds(_ w: SHA256Schedule, _ first: Int) {
    SHA256State.round(a, b, c, &d, e, f, g, &h, w.w0 &+ k[first])
    SHA256State.round(h, a, b, &c, d, e, f, &g, w.w1 &+ k[first + 1])
    SHA256State.round(g, h, a, &b, c, d, e, &f, w.w2 &+ k[first + 2])
    SHA256State.round(f, g, h, &a, b, c, d, &e, w.w3 &+ k[first + 3])
    SHA256State.round(e, f, g, &h, a, b, c, &d, w.w4 &+ k[first + 4])
    SHA256State.round(d, e, f, &g, h, a, b, &c, w.w5 &+ k[first + 5])
    SHA256State.round(c, d, e, &f, g, h, a, &b, w.w6 &+ k[first + 6])
    SHA256State.round(b, c, d, &e, f, g, h, &a, w.w7 &+ k[first + 7])
    SHA256State.round(a, b, c, &d, e, f, g, &h, w.w8 &+ k[first + 8])
    SHA256State.round(h, a, b, &c, d, e, f, &g, w.w9 &+ k[first + 9])
    SHA256State.round(g, h, a, &b, c, d, e, &f, w.w10 &+ k[first + 10])
    SHA256State.round(f, g, h, &a, b, c, d, &e, w.w11 &+ k[first + 11])
    SHA256State.round(e, f, g, &h, a, b, c, &d, w.w12 &+ k[first + 12])
    SHA256State.round(d, e, f, &g, h, a, b, &c, w.w13 &+ k[first + 13])
    SHA256State.round(c, d, e, &f, g, h, a, &b, w.w14 &+ k[first + 14])
    SHA256State.round(b, c, d, &e, f, g, h, &a, w.w15 &+ k[first + 15])
  }

  /// One round (section 6.2.2), which changes only the fourth and the last word.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ input: UInt32
  ) {
    // The standard's Ch and Maj, each with one operation less.
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    let sum1 = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
    let sum0 = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
    let total = h &+ sum1 &+ choice &+ input
    d = d &+ total
    h = total &+ sum0 &+ majority
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).
private let k: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
