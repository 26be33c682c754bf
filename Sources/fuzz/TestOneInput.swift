import FuzzTargets
import Glibc

/// What libFuzzer calls with every input that it makes up.
///
/// A complaint ends the program as a trap does: that is how libFuzzer learns of either.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let complaints = chosenTarget.complaints(about: Array(UnsafeBufferPointer(start: start, count: count)))
  guard complaints.isEmpty else {
    for complaint in complaints { print(complaint) }
    fflush(nil)
    abort()
  }
  return 0
}

/// The target that the environment names.
private let chosenTarget: FuzzTarget = {
  guard let name = getenv("PEACESYNC_FUZZ").map({ String(cString: $0) }), let target = FuzzTarget(rawValue: name)
  else {
    print("PEACESYNC_FUZZ names none of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
    exit(2)
  }
  return target
}()
