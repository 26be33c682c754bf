import Foundation

/// One kind of dawdling at one server, and honest requests beside it.
struct SlowTrial {
  let kind: SlowKind
  let count: Int
  let seconds: Double
  let process: Int32
  let port: UInt16
  let opening: [UInt8]
  let honest: HonestRequests
  let sheet: Sheet

  func run() throws {
    var alone = honest
    let rest = Stopwatch()
    while rest.seconds < 5 { alone.ask() }
    alone.report("alone", "honest requests alone", to: sheet)
    var gauge = SlowGauge(process: process, connections: count)
    let used = ProcessFigures.processorSeconds(process)
    let watch = Stopwatch()
    let crowd = try SlowCrowd(kind, count: count, port: port, opening: opening)
    defer { crowd.stop() }
    while crowd.state.opened < count, watch.seconds < 30 { usleep(10_000) }
    // What it costs to take them in is not what this is about: an answer for each reader is made first.
    ProcessFigures.settle(process, within: 15)
    sheet.figure("opened", "slow connections", Double(crowd.state.opened), "connections")
    sheet.figure("openSeconds", "  all there and quiet after", watch.seconds, "s")
    let beside = ask(crowd, watch, &gauge)
    beside.report("beside", "honest requests beside them", to: sheet)
    cuts(crowd.state, gauge)
    sheet.figure("memoryMoreMiB", "most memory, more than before", gauge.growth, "MiB")
    let busy = (ProcessFigures.processorSeconds(process) - used) / watch.seconds * 100
    sheet.figure("processorPercent", "processor, all in all", busy, "% of a core")
  }

  /// Asks until the last slow one is cut, and two seconds on, or until the time is over.
  private func ask(_ crowd: SlowCrowd, _ watch: Stopwatch, _ gauge: inout SlowGauge) -> HonestRequests {
    var (beside, over) = (honest, Double.infinity)
    while watch.seconds < min(over, seconds) {
      beside.ask()
      if kind == .reader { gauge.look(watch.seconds) }
      let gone = kind == .reader ? gauge.gone : crowd.state.cuts.count
      if gone >= crowd.state.opened, over == .infinity { over = watch.seconds + 2 }
    }
    return beside
  }

  private func cuts(_ state: SlowCrowd.State, _ gauge: SlowGauge) {
    let times = Quantiles(kind == .reader ? gauge.cuts : state.cuts)
    let gone = kind == .reader ? gauge.gone : state.cuts.count
    sheet.figure("cut", "cut by the server", Double(gone), "connections within \(Int(seconds)) s")
    guard gone > 0 else { return }
    if kind != .reader { sheet.figure("told", "  of which told 408", Double(state.told), "connections") }
    sheet.figure("firstCutSeconds", "  the first after", times.first, "s")
    sheet.figure("medianCutSeconds", "  half of them after", times.median, "s")
    sheet.figure("lastCutSeconds", "  the last after", times.last, "s")
  }
}
