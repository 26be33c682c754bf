/// What became of a log row, as the column `log.fate` says it.
enum EntryFate: Int64 {
  case open = 0
  case applied = 1
  case rejected = 2
  case void = 3
  case erased = 4
  case duplicate = 5
  /// To be offered as a void.
  case openVoid = 7
}
