@testable import FuzzTargets
import JSON
import Testing

@Suite("The table of JSON texts")
struct JSONVectorTests {
  @Test("the file holds enough cases of each verdict, each name once, and says nothing twice")
  func form() throws {
    let vectors = try JSONVector.all()
    #expect(Set(vectors.map(\.name)).count == vectors.count)
    for (verdict, least) in [
      (.accept, 150), (.refuse, 400), (.documentedAccept, 50), (.documentedRefuse, 60),
    ] as [(JSONVector.Verdict, Int)] {
      #expect(vectors.count { $0.verdict == verdict } >= least, "\(verdict)")
    }
    for vector in vectors {
      if let written = vector.written {
        #expect(vector.isAccepted && written != vector.text, "\(vector.name)")
      }
    }
  }

  /// A debug build needs seconds to read these in every way and to make their values.
  private static let large = 20_000

  @Test("every way of reading does as the file says, and writes what it says")
  func verdicts() throws {
    for vector in try JSONVector.all() {
      let text = vector.text
      guard text.count < JSONVectorTests.large else { continue }
      let agreement = Agreement(text)
      #expect(agreement.complaints.isEmpty, "\(vector.name): \(agreement.complaints)")
      switch agreement.outcome {
      case .success(let value):
        #expect(vector.isAccepted, "\(vector.name) is accepted")
        #expect(value.canonical() == vector.written ?? text, "\(vector.name) is written otherwise")
      case .failure(let error):
        #expect(!vector.isAccepted, "\(vector.name): \(error)")
      }
    }
  }

  @Test("large texts are accepted and refused as the file says")
  func largeTexts() throws {
    for vector in try JSONVector.all() {
      let text = vector.text
      guard text.count >= JSONVectorTests.large else { continue }
      let isAccepted = (try? Reading.skipping(text)) != nil
      #expect(isAccepted == vector.isAccepted, "\(vector.name)")
      if let written = vector.written {
        let isWritten = try JSON.parse(text).canonical() == written
        #expect(isWritten, "\(vector.name) is written otherwise")
      }
    }
  }

  @Test("the notation of the file is that of its first lines")
  func notation() {
    for (column, bytes) in [
      (#"a\xC3\xA9\x20"#, Array("aé ".utf8)), (#"\x5Cx41"#, Array(#"\x41"#.utf8)),
      (#"\xc3"#, Array(#"\xc3"#.utf8)),
      (#"\(0*x\)"#, []), (#"[\(3*0,\)0]"#, Array("[0,0,0,0]".utf8)),
      (#"\u0041\\n"#, Array(#"\u0041\\n"#.utf8)),
      (##"\(11*k\#\x20\)"##, Array("k00 k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 ".utf8)),
      (#"\(2*\(\)"#, Array(#"\(\("#.utf8)), (#"\(1*"\n"\)\)"#, Array(#""\n"\)"#.utf8)),
    ] {
      #expect(VectorNotation.read(Array(column.utf8)[...]) == bytes, "\(column)")
    }
    for bytes in [[], [0x20, 0x20, 0x20], Array(#"\x41\(2*a\)\"#.utf8), Array(0...255)] as [[UInt8]] {
      #expect(VectorNotation.read(Array(VectorNotation.spell(bytes).utf8)[...]) == bytes)
    }
  }
}
