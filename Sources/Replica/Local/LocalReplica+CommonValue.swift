import JSON
public import Store
public import Sync

extension LocalReplica {
  /// The value that all these cells of one path were made from, as far as the changes are known here.
  ///
  /// The changes that stand before a cell are followed through `over`; of those that stand before all of the cells, the
  /// one that no other of them stands behind is meant.
  public func commonValue(of cells: [Cell], in record: StoredRecord) throws -> CommonValue {
    guard let path = cells.first?.path else { return .unknown }
    var known: [ChangeName: Operation] = [:]
    for line in try history(of: record) {
      guard let change = line.change else { continue }
      for operation in change.operations where operation.path == path { known[change.name] = operation }
    }
    return CommonAncestor(known: known).value(of: cells.map(\.name))
  }
}

/// Looks for the write from which others were made.
private struct CommonAncestor {
  let known: [ChangeName: Operation]

  func value(of names: [ChangeName]) -> CommonValue {
    guard names.allSatisfy({ known[$0] != nil }) else { return .unknown }
    var common = before(names[0])
    for name in names.dropFirst() { common.formIntersection(before(name)) }
    // With a write, all before it are common too, so what another stands on is named by a common write itself.
    let nearest = common.subtracting(common.flatMap { known[$0]?.over ?? [] })
    let values = nearest.map { name -> CommonValue in
      switch known[name] {
      case .put(_, let value, _)?: value == .null ? .nothing : .value(value)
      case .drop?: .nothing
      default: .unknown
      }
    }
    guard let first = values.first else { return isWhole(names) ? .nothing : .unknown }
    return values.allSatisfy { $0 == first } ? first : .unknown
  }

  /// The writes that stand before one, known or not.
  private func before(_ name: ChangeName) -> Set<ChangeName> {
    var found: Set<ChangeName> = []
    var open = known[name]?.over ?? []
    while let next = open.popLast() {
      if found.insert(next).inserted { open += known[next]?.over ?? [] }
    }
    return found
  }

  /// Whether all that stands before these writes is known, so that there is no common one to be known of.
  private func isWhole(_ names: [ChangeName]) -> Bool {
    names.allSatisfy { before($0).allSatisfy { known[$0] != nil } }
  }
}
