import JSON

/// What a field, or a part of its value, holds.
public enum ValueType: Hashable, Sendable {
  /// A text on one line.
  case line(TextLimit)
  /// A text of any number of lines, divided by line feeds.
  case lines(TextLimit)
  /// One of a list of words.
  case word(Words)
  /// The address of a web page, `http` or `https`.
  case web
  /// A URI of any scheme that a browser does not run.
  case link
  /// A language tag (BCP 47, well-formed).
  case language
  /// A date of day, month or year precision (EDTF level 0, `?` and `~`), or an interval of such.
  case date
  /// A country (ISO 3166-1, two capital letters).
  case country
  /// Latitude and longitude in degrees, as text: `-1.2921,36.8219`.
  case coordinates
  /// An integer.
  case integer(ClosedRange<Int64>)
  /// An e-mail address, as it was typed.
  case mail
  /// An identifier with the name of its scheme in front: `doi:10.1000/182`.
  case identifier
  /// The time of an event: days, a span of local time in a zone, a month, a year, or not known yet.
  case when
  /// The authors of a publication, in their order.
  case authors
  /// An object of parts. In a set it has no natural key: the whole element is the key.
  case parts([Part])
  /// An element of a set whose first part is its key, and whose other parts are its value.
  case keyed([Part])
  /// A reference to another record in a role.
  case reference(Words)
}
