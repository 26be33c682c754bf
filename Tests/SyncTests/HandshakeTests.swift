import Crypto
import JSON
import Sync
import Testing

@Suite("The handshake")
struct HandshakeTests {
  private static let hash = SHA256.hash([1])
  private static let hub: Text = "hub00001"

  private func finding(
    cursor: Cursor? = nil, furthest: Cursor? = nil, own: Int64 = 3,
    acknowledged: OwnPoint = OwnPoint(n: 2, hash: hash),
    held: Int64 = 3, head: Int64 = 10
  ) -> Handshake.Finding {
    let handshake = Handshake(
      replica: Sample.bogota, cursor: cursor, furthest: furthest, ownLast: own, acknowledged: acknowledged)
    return handshake.compare(
      hub: Self.hub, head: head, chain: { seq in seq == 0 ? 0 : UInt64(seq * 7) }, held: held,
      hash: { n in n == 2 ? Self.hash : nil })
  }

  private func point(_ seq: Int64, chain: UInt64? = nil, hub: Text = hub) -> Cursor {
    Cursor(hub: hub, seq: seq, chain: chain ?? UInt64(seq * 7))
  }

  @Test("histories that agree go on")
  func agreed() {
    #expect(finding() == .agreed)
    #expect(finding(cursor: point(4), furthest: point(10)) == .agreed)
    #expect(finding(cursor: point(0), own: 5) == .agreed)
    #expect(finding(own: 0, acknowledged: .none, held: 0) == .agreed)
    #expect(finding(own: 3, acknowledged: OwnPoint(n: 2, hash: Self.hash), held: 2) == .agreed)
  }

  @Test("a point that the hub lacks, or has otherwise, is another history")
  func historyChanged() {
    #expect(finding(cursor: point(11)) == .historyChanged)
    #expect(finding(cursor: point(4), furthest: point(11)) == .historyChanged)
    #expect(finding(cursor: point(4, chain: 1)) == .historyChanged)
    #expect(finding(furthest: point(4, chain: 1)) == .historyChanged)
    #expect(finding(cursor: point(0, chain: 1)) == .historyChanged)
    #expect(finding(cursor: point(4, hub: "hub00002")) == .historyChanged)
    #expect(finding(held: 1) == .historyChanged)
    #expect(finding(held: 0) == .historyChanged)
  }

  @Test("more changes than the replica has, or another one under a number of its own, is a fork")
  func forked() {
    #expect(finding(own: 2, held: 3) == .forked)
    #expect(finding(acknowledged: OwnPoint(n: 2, hash: SHA256.hash([2]))) == .forked)
    #expect(finding(own: 0, acknowledged: .none, held: 1) == .forked)
  }

  @Test("the chain over a log depends on each hash, each time and their order")
  func chain() {
    let (x, y) = (SHA256.hash([1]), SHA256.hash([2]))
    let one = Chain.next(Chain.next(Chain.start, hash: x, time: 1), hash: y, time: 2)
    #expect(one != Chain.next(Chain.next(Chain.start, hash: y, time: 2), hash: x, time: 1))
    #expect(one != Chain.next(Chain.next(Chain.start, hash: x, time: 1), hash: y, time: 3))
    #expect(
      Chain.next(Chain.start, hash: x, time: 1)
        == SHA256.hash(Digest.zero.bytes + x.bytes + [0, 0, 0, 0, 0, 0, 0, 1]))
    let before = Chain.next(Chain.start, hash: x, time: -2)
    #expect(before == SHA256.hash(Digest.zero.bytes + x.bytes + Array(repeating: 0xFF, count: 7) + [0xFE]))
  }
}
