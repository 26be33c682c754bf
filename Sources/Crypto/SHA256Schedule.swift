/// The message schedule of SHA-256 (FIPS 180-4 section 6.2.2), of which only sixteen words are needed at a
/// time.
///
/// The words are fields, not elements, because the compiler keeps fields in registers.
struct SHA256Schedule {
  var w0: UInt32
  var w1: UInt32
  var w2: UInt32
  var w3: UInt32
  var w4: UInt32
  var w5: UInt32
  var w6: UInt32
  var w7: UInt32
  var w8: UInt32
  var w9: UInt32
  var w10: UInt32
  var w11: UInt32
  var w12: UInt32
  var w13: UInt32
  var w14: UInt32
  var w15: UInt32

  /// Takes the block at an offset.
  @inline(__always)
  init(_ bytes: RawSpan, at offset: Int) {
    func word(_ index: Int) -> UInt32 {
      UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset + index * 4, as: UInt32.self))
    }
    w0 = word(0)
    w1 = word(1)
    w2 = word(2)
    w3 = word(3)
    w4 = word(4)
    w5 = word(5)
    w6 = word(6)
    w7 = word(7)
    w8 = word(8)
    w9 = word(9)
    w10 = word(10)
    w11 = word(11)
    w12 = word(12)
    w13 = word(13)
    w14 = word(14)
    w15 = word(15)
  }

  /// Goes on to the next sixteen words, each made of the one sixteen before it and three in between.
  @inline(__always)
  mutating func extend() {
    w0 &+= SHA256Schedule.mixed(w1, w9, w14)
    w1 &+= SHA256Schedule.mixed(w2, w10, w15)
    w2 &+= SHA256Schedule.mixed(w3, w11, w0)
    w3 &+= SHA256Schedule.mixed(w4, w12, w1)
    w4 &+= SHA256Schedule.mixed(w5, w13, w2)
    w5 &+= SHA256Schedule.mixed(w6, w14, w3)
    w6 &+= SHA256Schedule.mixed(w7, w15, w4)
    w7 &+= SHA256Schedule.mixed(w8, w0, w5)
    w8 &+= SHA256Schedule.mixed(w9, w1, w6)
    w9 &+= SHA256Schedule.mixed(w10, w2, w7)
    w10 &+= SHA256Schedule.mixed(w11, w3, w8)
    w11 &+= SHA256Schedule.mixed(w12, w4, w9)
    w12 &+= SHA256Schedule.mixed(w13, w5, w10)
    w13 &+= SHA256Schedule.mixed(w14, w6, w11)
    w14 &+= SHA256Schedule.mixed(w15, w7, w12)
    w15 &+= SHA256Schedule.mixed(w0, w8, w13)
  }

  @inline(__always)
  private static func mixed(_ early: UInt32, _ middle: UInt32, _ late: UInt32) -> UInt32 {
    let sigma0 = early.rotated(7) ^ early.rotated(18) ^ (early >> 3)
    let sigma1 = late.rotated(17) ^ late.rotated(19) ^ (late >> 10)
    return sigma0 &+ middle &+ sigma1
  }
}

extension UInt32 {
  /// The word rotated to the right.
  @inline(__always)
  func rotated(_ places: UInt32) -> UInt32 {
    self &>> places | self &<< (32 &- places)
  }
}
