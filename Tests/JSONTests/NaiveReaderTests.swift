import Foundation
@testable import FuzzTargets
import JSON
import Testing

@Suite("The naive reader")
struct NaiveReaderTests {
  private static func variable(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }
  /// A few seeds in each run, more when `PEACESYNC_SEEDS` holds a factor; from `PEACESYNC_SEED` on.
  private static let count = 3_000 * (variable("PEACESYNC_SEEDS") ?? 1)
  private static let first = variable("PEACESYNC_SEED") ?? 1

  @Test("all ways of reading agree with the naive reader on texts that are nearly JSON, and none traps")
  func agreement() {
    var refusals: [JSONError.Kind: Int] = [:]
    var (accepted, noted, twins) = (0, 0, 0)
    for seed in NaiveReaderTests.first..<NaiveReaderTests.first + NaiveReaderTests.count {
      var nearly = NearlyJSON(seed: seed)
      let text = nearly.text()
      let agreement = Agreement(text, limits: seed % 3 == 0 ? nearly.limits(for: text.count) : .standard)
      if !agreement.complaints.isEmpty {
        Issue.record("seed \(seed), \(VectorNotation.spell(text)): \(agreement.complaints)")
      }
      switch agreement.outcome {
      case .success(let value):
        accepted += 1
        noted += agreement.isNoted ? 1 : 0
        twins += NaiveReaderTests.hasTwins(value) ? 1 : 0
      case .failure(let error): refusals[error.kind, default: 0] += 1
      }
    }
    // What was never drawn was never tried.
    let rarest = Int(NaiveReaderTests.count / 2_000)
    for kind in JSONError.Kind.allCases where kind != .outOfTurn {
      #expect(refusals[kind, default: 0] >= rarest, "\(kind)")
    }
    #expect(
      accepted >= rarest * 600 && noted >= rarest * 100 && twins >= rarest, "\(accepted), \(noted), \(twins)")
  }

  /// Whether two keys of an object are the same to those who normalise, as Swift's strings do.
  private static func hasTwins(_ value: JSON) -> Bool {
    switch value {
    case .array(let elements): elements.contains { hasTwins($0) }
    case .object(let object):
      Set(object.map(\.key.string)).count < object.count || object.contains { hasTwins($0.value) }
    default: false
    }
  }
}
