/// What goes wrong on a disk from now on: planned, at random, and for want of space.
public struct DiskFaults: Sendable {
  private struct Planned {
    let fault: DiskFault
    let operations: DiskOperations
    let repeats: Bool
    var remaining: Int
  }

  private struct Rate {
    let fault: DiskFault
    let operations: DiskOperations
    let oneIn: Int
  }

  /// How many bytes fit on the disk; nil for any number.
  ///
  /// A write that makes a file grow beyond that is done in part and fails with `SQLITE_FULL`.
  public var capacity: Int?
  /// How many operations were struck by a fault so far.
  public internal(set) var struck = 0

  private var planned: [Planned] = []
  private var rates: [Rate] = []
  /// Whether there is anything to look up; read at every operation.
  private(set) var isArmed = false

  /// A disk on which nothing goes wrong.
  public init() {}

  /// Plans a fault for the n-th of these operations from now, 1 being the next; `forever` for all after it.
  public mutating func plan(
    _ fault: DiskFault, at number: Int, of operations: DiskOperations, forever: Bool = false
  ) {
    precondition(number > 0, "the next operation is number 1")
    planned.append(
      Planned(fault: fault, operations: operations, repeats: forever, remaining: number))
    isArmed = true
  }

  /// Strikes one in so many of these operations at random.
  public mutating func strike(oneIn count: Int, of operations: DiskOperations, with fault: DiskFault) {
    rates.append(Rate(fault: fault, operations: operations, oneIn: count))
    isArmed = true
  }

  /// Whether a fault is planned for one of these operations.
  func isPlanned(_ operations: DiskOperations) -> Bool {
    planned.contains { !$0.operations.isDisjoint(with: operations) }
  }

  /// Heals the disk: forgets all plans and rates, and the capacity; `struck` stays.
  public mutating func clear() {
    planned.removeAll()
    rates.removeAll()
    capacity = nil
    isArmed = false
  }

  /// Whether a fault strikes an operation.
  mutating func fault(in operation: DiskOperations, _ stream: inout SeededStream) -> DiskFault? {
    var result: DiskFault?
    for index in planned.indices where planned[index].operations.contains(operation) {
      planned[index].remaining -= 1
      if planned[index].remaining == 0 { result = result ?? planned[index].fault }
    }
    for index in planned.indices where planned[index].remaining == 0 && planned[index].repeats {
      planned[index].remaining = 1
    }
    planned.removeAll { $0.remaining == 0 }
    for rate in rates where rate.operations.contains(operation) && stream.chance(oneIn: rate.oneIn) {
      result = result ?? rate.fault
    }
    isArmed = !planned.isEmpty || !rates.isEmpty
    if result != nil { struck += 1 }
    return result
  }
}
