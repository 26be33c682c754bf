@testable import Net
import Testing

@Suite("The order of those who hold memory")
struct HolderOrderTests {
  @Test("it is that of a plain list, whatever comes and goes")
  func likeAList() throws {
    var generator = SystemRandomNumberGenerator()
    var (order, list) = (HolderOrder(), [Int]())
    for _ in 0..<20_000 {
      let index = Int.random(in: 0..<40, using: &generator)
      list.removeAll { $0 == index }
      if Bool.random(using: &generator) {
        order.append(index)
        list.append(index)
      } else {
        order.remove(index)
      }
      try #require(order.first == list.first)
      try #require(order.count == list.count)
      try #require(order.contains(index) == list.contains(index))
    }
    while let first = order.first {
      try #require(list.removeFirst() == first)
      order.remove(first)
    }
    #expect(list.isEmpty)
  }
}
