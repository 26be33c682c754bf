/// How much of a file a handle has locked, see https://sqlite.org/lockingv3.html.
enum LockLevel: Int32, Comparable {
  case none, shared, reserved, pending, exclusive

  static func < (left: LockLevel, right: LockLevel) -> Bool { left.rawValue < right.rawValue }
}
