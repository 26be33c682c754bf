extension JSON {
  /// Reads a text that is one JSON value, strictly (RFC 8259).
  ///
  /// Duplicate keys, lone surrogates, a byte order mark and everything that the grammar does not have are
  /// refused.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
    var reader = Reader(limits: limits)
    return try reader.document(bytes.span)
  }

  /// Reads a slice that is one JSON value, strictly; offsets count from the start of the slice.
  public static func parse(
    _ bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard
  ) throws(JSONError) -> JSON {
    var reader = Reader(limits: limits)
    return try reader.document(bytes.span)
  }

  /// Reads a slice and notes whether it is canonical already.
  ///
  /// `canonical` becomes true exactly when the value is canonicalizable and ``canonical()`` would give these
  /// very bytes: no blanks, keys in byte order, shortest escapes, and no numbers but integers within ±(2^53 −
  /// 1). That is found on the way, so that a text which is canonical costs no second pass. It is false after
  /// an error.
  public static func parseNoting(
    canonical: inout Bool, _ bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard
  ) throws(JSONError) -> JSON {
    canonical = false
    var reader = Reader(limits: limits)
    let value = try reader.document(bytes.span)
    canonical = reader.isCanonical
    return value
  }
}
