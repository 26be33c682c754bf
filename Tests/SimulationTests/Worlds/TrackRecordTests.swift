import Simulation
import Testing

/// The defects that the simulation found in the product, each as the smallest world that showed it.
@Suite("What the simulation has found")
struct TrackRecordTests {
  @Test("a record that was dropped with a hub's history and came back kept nothing of what stood in the log before")
  func droppedRecordLosesHistory() {
    var swarm = Swarm()
    swarm.cities = 3
    swarm.members = 3
    swarm.records = 2
    swarm.page = 3
    expectPeace(
      Plan(
        seed: 91, swarm: swarm,
        steps: [
          .keep(.hub),
          .edit(city: 1, .title, record: 6, salt: 272_909_361_869_362_950),
          .sync([63, 61], .calm, salt: 8_682_140_432_863_562_958),
          .sync([63], .lossy, salt: 3_341_730_509_837_815_188),
          .putBack(.hub, 33),
        ]))
  }

  @Test("a replica whose own erasure came back after another's change of the same record stayed behind it")
  func ownErasureLeavesPlaceBehind() {
    var swarm = Swarm()
    swarm.cities = 3
    swarm.members = 3
    swarm.records = 4
    swarm.batch = 5
    swarm.page = 1
    expectPeace(
      Plan(
        seed: 2, swarm: swarm,
        steps: [
          .edit(city: 1, .title, record: 8, salt: 8_848_954_533_891_141_878),
          .sync([13], .calm, salt: 14_385_727_185_372_184_666),
          .edit(city: 7, .erase, record: 40, salt: 4_365_077_842_378_340_991),
          .edit(city: 17, .drop, record: 12, salt: 610_473_171_254_647_776),
          .sync([26, 41, 17, 27], .calm, salt: 2_753_748_946_750_887_760),
        ]))
  }

  @Test("a refused change that came again under another dot left a second verdict at the hub")
  func duplicateWithVerdict() {
    var swarm = Swarm()
    swarm.cities = 2
    swarm.members = 2
    expectPeace(
      Plan(
        seed: 256, swarm: swarm,
        steps: [
          .copy(55),
          .edit(city: 25, .title, record: 37, salt: 398_947_540_326_790_983),
          .copy(6),
          .edit(city: 42, .refused, record: 26, salt: 11_712_594_249_229_922_384),
          .copy(18),
        ]))
  }

  @Test("a change that a hub, put back, knew only as a void counted as held by an older copy of its file")
  func heldAsVoid() {
    var swarm = Swarm()
    swarm.cities = 3
    swarm.members = 3
    swarm.records = 3
    swarm.batch = 1
    expectPeace(
      Plan(
        seed: 2380, swarm: swarm,
        steps: [
          .keep(.hub),
          .edit(city: 28, .title, record: 19, salt: 15_662_302_956_725_292_260),
          .sync([7], .calm, salt: 708_238_726_856_649_460),
          .putBack(.hub, 30),
          .keep(.city(28)),
          .edit(city: 1, .erase, record: 16, salt: 16_074_380_975_684_344_547),
          .sync([49], .lossy, salt: 9_482_168_322_034_297_384),
          .putBack(.city(58), 63),
        ]))
  }

  @Test(
    "two copies that had a change refused in another history offered it as a void twice, the second without its name")
  func voidedTwice() {
    var swarm = Swarm()
    swarm.cities = 2
    swarm.members = 2
    swarm.records = 4
    swarm.batch = 1
    swarm.page = 5
    expectPeace(
      Plan(
        seed: 8_921, swarm: swarm,
        steps: [
          .copy(22),
          .edit(city: 48, .refused, record: 42, salt: 7_402_579_962_455_131_520),
          .copy(51),
          .keep(.hub),
          .plan(.city(35), .read, operation: 4),
          .edit(city: 2, .delete, record: 34, salt: 4_483_187_831_967_158_743),
          .sync([35, 46, 27], .calm, salt: 10_543_923_175_761_673_435),
          .putBack(.hub, 1),
          .sync([18], .calm, salt: 430_984_824_508_301_784),
        ]))
  }

  @Test("a change that was written again, and came back under its first dot, was written again once more")
  func rewrittenTwice() {
    var swarm = Swarm()
    swarm.cities = 2
    swarm.members = 3
    swarm.records = 2
    swarm.batch = 1
    swarm.page = 3
    expectPeace(
      Plan(
        seed: 618_230, swarm: swarm,
        steps: [
          .copy(35),
          .keep(.hub),
          .edit(city: 35, .summary, record: 44, salt: 7_112_056_544_465_903_620),
          .edit(city: 16, .title, record: 3, salt: 5_277_184_563_816_859_512),
          .sync([38, 42, 19], .calm, salt: 7_160_653_126_237_733_108),
          .putBack(.hub, 7),
          .copy(31),
          .copy(60),
          .copy(33),
          .sync([41, 8], .lossy, salt: 7_084_041_895_015_509_356),
          .plan(.city(58), .read, operation: 2),
          .sync([45], .lossy, salt: 17_458_400_727_854_279_400),
          .edit(city: 57, .summary, record: 61, salt: 7_457_782_481_020_187_373),
          .sync([29, 3, 45], .calm, salt: 8_476_913_836_011_332_477),
          .sync([28, 33, 49, 2], .lossy, salt: 13_755_158_153_170_881_334),
          .putBack(.hub, 40),
        ]))
  }

  @Test("a copy of the hub that was put back twice lost what other systems knew, and they wrote over others' values")
  func viewsUnderAnOlderID() {
    var swarm = Swarm()
    swarm.records = 4
    swarm.page = 5
    swarm.integrators = 2
    swarm.readers = 2
    expectPeace(
      Plan(
        seed: 298, swarm: swarm,
        steps: [
          .keep(.hub),
          .post(35, .calm, salt: 15_323_184_956_987_190_034),
          .keep(.hub),
          .keep(.hub),
          .putBack(.hub, 54),
          .putBack(.hub, 20),
        ]))
  }

  @Test(
    "what was shown kept the times of a hub whose history had gone, where it had accepted changes and not given them")
  func timesOfAnotherHistory() {
    var swarm = Swarm()
    swarm.cities = 5
    swarm.members = 1
    swarm.records = 1
    swarm.batch = 500
    swarm.page = 3
    swarm.integrators = 1
    swarm.readers = 0
    expectPeace(
      Plan(
        seed: 933_812, swarm: swarm,
        steps: [
          .post(29, .calm, salt: 13_587_325_422_774_344_954),
          .clock(.hub, -315_571_625_518),
          .post(18, .calm, salt: 7_915_907_850_306_251_775),
          .keep(.hub),
          .edit(city: 49, .both, record: 46, salt: 9_147_099_868_382_195_409),
          .sync([34, 38], .lossy, salt: 11_064_648_438_567_238_413),
          .putBack(.hub, 7),
          .sync([24, 37, 28, 39], .lossy, salt: 9_313_018_491_042_934_077),
          .stop(.city(29), isPowerLoss: true),
        ]))
  }

  @Test(
    "who looks before it sends, and has erased what the hub took unheard, was held to a base that it could not have")
  func unheardAndErased() {
    var swarm = Swarm()
    swarm.cities = 4
    swarm.members = 2
    swarm.records = 4
    swarm.batch = 20
    swarm.copiesBlankFiles = true
    expectPeace(
      Plan(
        seed: 993_106, swarm: swarm,
        steps: [
          .edit(city: 55, .title, record: 8, salt: 873_632_510_636_774_030),
          .sync([1], .calm, salt: 13_498_470_958_311_046_905),
          .sync([23], .lossy, salt: 16_559_255_739_445_769_496),
          .compact,
          .edit(city: 35, .erase, record: 36, salt: 12_285_021_050_416_063_346),
          .sync([55], .lossy, salt: 1_364_068_934_435_003_829),
          .edit(city: 15, .title, record: 36, salt: 10_606_033_145_060_005_110),
        ]))
  }

  @Test("a copy whose last change was the other's too, for both had written it again, lost the one before")
  func sameChangeWrittenAgain() {
    var swarm = Swarm()
    swarm.cities = 2
    swarm.members = 3
    swarm.records = 3
    swarm.batch = 20
    swarm.page = 5
    swarm.integrators = 2
    swarm.readers = 2
    swarm.copiesBlankFiles = true
    expectPeace(
      Plan(
        seed: 1_046_615, swarm: swarm,
        steps: [
          .edit(city: 32, .delete, record: 4, salt: 15_912_207_643_062_178_706),
          .copy(58),
          .keep(.hub),
          .copy(58),
          .edit(city: 17, .both, record: 49, salt: 15_692_397_536_317_757_744),
          .sync([62, 6, 45], .calm, salt: 4_285_995_040_607_023_770),
          .sync([8, 11, 11], .calm, salt: 18_423_273_123_277_783_765),
          .edit(city: 3, .both, record: 43, salt: 15_490_335_930_448_029_875),
          .copy(35),
          .keep(.hub),
          .putBack(.hub, 2),
          .sync([14, 60, 29], .calm, salt: 16_424_042_655_186_040_877),
          .sync([52, 13, 59], .calm, salt: 4_518_627_598_242_700_087),
          .copy(48),
          .edit(city: 35, .summary, record: 33, salt: 12_552_014_931_329_792_967),
          .sync([35, 35], .calm, salt: 1_854_388_672_064_902_926),
          .putBack(.hub, 17),
          .edit(city: 27, .resolve, record: 13, salt: 9_567_671_402_104_569_462),
        ]))
  }

  func expectPeace(_ plan: Plan) {
    let outcome = Simulation.run(plan)
    #expect(outcome.breaches.isEmpty, "\(outcome.breaches) after \(outcome.trace.last.joined(separator: "\n"))")
  }
}
