public import JSON

/// One value of a field, and its key where the field has keys.
///
/// The key of a list's item may be missing: the item is then a new one, or known by its equal value.
public typealias FieldElement = (key: Text?, value: JSON)
