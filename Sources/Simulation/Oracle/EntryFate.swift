/// What became of a log row, as the column `log.fate` says it.
enum EntryFate: Int64 {
  case open = 0
  case applied = 1
  case rejected = 2
  case void = 3
  case erased = 4
  case duplicate = 5
  /// Nobody's change: the log was put back, or a record was erased with that.
  case marker = 6
  /// To be offered as a void.
  case openVoid = 7
}
