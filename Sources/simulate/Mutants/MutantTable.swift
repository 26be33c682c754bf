/// Every known defect that the simulation must find.
enum MutantTable {
  static let all = merge + hub + systems + storage + replica
}
