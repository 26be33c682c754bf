import Glibc
import HTTP
import Net
import Testing

@Suite("Descriptors")
struct DescriptorTests {
  @Test("the limit is raised to what the system allows")
  func raise() {
    let raised = DescriptorLimit.raise()
    #expect(raised >= 256)
    #expect(DescriptorLimit.raise() == raised)
  }

  @Test(
    "a server that has run out of descriptors serves on, does not spin, and accepts again",
    .timeLimit(.minutes(1)))
  func exhausted() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit(rlim_cur: 40, rlim_max: 40)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      let running = try RunningServer()
      let first = try running.client()
      try first.send("GET", "/")
      _ = try first.receive()
      var others: [Client] = []
      while let client = try? running.client() { others.append(client) }
      try #require(others.count > 3 && others.count < 36)

      let before = clock()
      var nothing = pollfd()
      poll(&nothing, 0, 600)
      let spent = Double(clock() - before) / Double(CLOCKS_PER_SEC)
      try #require(spent < 0.3, "\(spent) s of work in 0.6 s of rest")
      try first.send("GET", "/")
      _ = try first.receive()

      // Its place lets the server accept one of those that wait.
      others.removeFirst()
      others.removeFirst()
      let last = try #require(others.last)
      while others.count > 1 { others.removeFirst() }
      try last.send("GET", "/last")
      try #require(try last.receive().body == Array("/last".utf8))
    }
  }
}
