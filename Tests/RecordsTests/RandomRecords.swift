import JSON
import Records
import Sync
import TestKit

/// Records of random values, as odd as the rules of a hub let pass: what forms and files must bring through unharmed.
struct RandomRecords {
  private var random: SeededRandom
  private var writer: Writer
  private var number: UInt128

  init(seed: UInt64) throws {
    random = SeededRandom(seed)
    writer = try Writer()
    number = UInt128(seed) << 32
  }

  private static let examples = Dictionary(grouping: fieldExamples) { "\($0.kind) \($0.field)" }

  /// Pieces that mean something to a form, a table or a terminal, and letters of several scripts.
  private static let pieces = [
    "a", "Paz urbana", "مدن", "ሰላም", "e\u{301}", "\u{E9}", " ", "  ", "\n", "#", "#!", ":", "<<<", ">>>", "\n>>>\n",
    "\\", "\\n",
    ";", "=", "+", "-", "@", "'", "\"", ",", "|", "json:", "{", "[", "]", "}", "title=", "; title=", "(x)", "\u{200F}",
    "\u{2060}", "＝", "1", "0190a1b2-c3d4-7abc-8def-000000000042", "question: ",
  ]

  /// A record with what its kind needs, and some of everything else.
  mutating func next(of kind: Kind) throws -> RecordState {
    number += 1
    let basis: JSONObject = ["owner": "bogota"]
    var document = required[kind.name] ?? [:]
    for member in basis { document[member.key] = member.value }
    var state = try writer.write(document, to: RecordState(record: RecordID(number), kind: kind.name))
    for field in kind.fields where random.below(2) == 0 {
      for _ in 0...random.below(field.isKeyed ? 3 : 1) { state = try written(field, state) }
    }
    return state
  }

  /// The state with one more value, unless a hub would refuse it.
  private mutating func written(_ field: Field, _ state: RecordState) throws -> RecordState {
    let example = random.pick(Self.examples["\(state.kind) \(field.name)"] ?? [])
    var key = field.isKeyed ? example.key : nil
    var value = example.value
    if random.below(2) == 0 { value = odd(value) }
    if field.rule == .set, random.below(2) == 0 { key = key.map { oddKey($0) } }
    if field.rule == .list { key = writer.itemKey() }
    var draft = ChangeDraft(state: state, unaccepted: [])
    draft.put(Path(field.name, key), value)
    if field.rule == .list, let key {
      draft.put(.position(of: field.name, item: key), .string(random.pick(["V", "b", "k5"])))
    }
    do { return try writer.write(draft) } catch { return state }
  }

  private mutating func oddKey(_ key: Text) -> Text {
    guard let object = (try? JSON.parse(key.bytes))?.object else { return oddText() }
    return Text(validating: odd(.object(object)).canonical()) ?? key
  }

  /// The value with some of its texts made odd.
  private mutating func odd(_ value: JSON) -> JSON {
    switch value {
    case .string where random.below(3) > 0: return .string(oddText())
    case .array(let array): return .array(array.map { odd($0) })
    case .object(let object): return .object(JSONObject(object.map { JSONMember(key: $0.key, value: odd($0.value)) }))
    default: return value
    }
  }

  private mutating func oddText() -> Text {
    Text((0...random.below(4)).map { _ in random.pick(Self.pieces) }.joined())
  }
}
